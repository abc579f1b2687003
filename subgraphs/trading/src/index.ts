/** The trading program's door. */
export { type LoadCount, type LoadOptions, type Reported, loadFiles } from './load-files.ts';
export { type RunningSystem, type SystemsOptions, type TradingSystems, startSystems, systemRows } from './start-systems.ts';
