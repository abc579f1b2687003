/** The trading program's door. */
export { type RunningSystem, type SystemsOptions, type TradingSystems, startSystems } from './start-systems.ts';
