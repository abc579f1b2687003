/** The verifier's door: it needs the law and a folder, no network and no database. */
export { type Fault, type FaultCode, type FaultSink, faultLine, faultTexts } from './fault.ts';
export { type Verified, type VerifyOptions, verifyFolder } from './verify-folder.ts';
