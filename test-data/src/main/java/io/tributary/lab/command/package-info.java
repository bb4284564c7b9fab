/** The lab's commands: their options and how they end. What they do is in the packages beside this one. */
package io.tributary.lab.command;
