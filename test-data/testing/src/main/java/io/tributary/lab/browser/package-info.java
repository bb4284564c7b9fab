/** Chromium without a window, for tests of what people see: driven by its DevTools protocol on 127.0.0.1. */
package io.tributary.lab.browser;
