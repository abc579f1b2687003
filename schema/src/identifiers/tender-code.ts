/**
 * 项目编号, 招标项目编号, 标段（包）编号: an industry letter, a region, then letters and digits; each contains the one before.
 * No check digit, and no meaning to be parsed out: serial layouts differ by city and year.
 * @see 电子招标投标系统技术规范 part 1 B.3.2, B.3.4, B.3.5; standard/identifiers.md 2
 */
import type { IdentifierFault } from './fault.ts';

const projectShape = /^[A-Z]\d{6}[0-9A-Z]{10}$/i;
const tenderProjectShape = /^[A-Z]\d{6}[0-9A-Z]{13}$/i;
const bidSectionShape = /^[A-Z]\d{6}[0-9A-Z]{16}$/i;

/** 项目编号, 17 characters. @returns What is wrong with it; undefined when nothing is. */
export function checkProjectCode(value: string): IdentifierFault | undefined {
  return projectShape.test(value) ? undefined : 'SHAPE';
}

/** 招标项目编号, 20 characters. @returns What is wrong with it; undefined when nothing is. */
export function checkTenderProjectCode(value: string): IdentifierFault | undefined {
  return tenderProjectShape.test(value) ? undefined : 'SHAPE';
}

/** 标段（包）编号, 23 characters. @returns What is wrong with it; undefined when nothing is. */
export function checkBidSectionCode(value: string): IdentifierFault | undefined {
  return bidSectionShape.test(value) ? undefined : 'SHAPE';
}
