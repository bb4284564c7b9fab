/** The part of AWS Glue's library that keeps a job run's bookmarks. */
package com.amazonaws.services.glue.util;
