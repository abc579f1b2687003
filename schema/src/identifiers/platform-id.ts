/**
 * 交易平台或发布工具标识码 and 公共服务平台标识码: eleven characters that the national bidding platform assigns; what is inside
 * is not known. The platforms' other codes, of 18 characters, are credit codes of their operators.
 * @see 电子招标投标系统技术规范 part 1 appendix B; standard/identifiers.md 9
 */
import type { IdentifierFault } from './fault.ts';

const shape = /^[0-9A-Z]{11}$/i;

/** @returns What is wrong with the code; undefined when nothing is. */
export function checkPlatformId(value: string): IdentifierFault | undefined {
  return shape.test(value) ? undefined : 'SHAPE';
}
