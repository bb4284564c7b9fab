/** What a rollup's rows are, computed from events: for the merge job, which keeps them, and the audit, which checks them. */
package io.tributary.rollup;
