/**
 * Imported before the vendor's gateway, which otherwise reports to its maker.
 * @see design/toolchain.md
 */
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
