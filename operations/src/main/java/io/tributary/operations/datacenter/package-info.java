/**
 * Changes and checks of the data centers, for whoever operates them: edits of the data-centers file with their history,
 * dialing a cluster, draining it with a certificate, and the explanation of what is wrong with one. Terms are defined in
 * {@code docs/glossary.md}.
 */
package io.tributary.operations.datacenter;
