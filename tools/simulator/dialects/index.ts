import type { Dialect } from '../dialect.js';
import { kakayun } from './kakayun.js';
import { kasushou } from './kasushou.js';
import { kayixin } from './kayixin.js';
import { xinghai } from './xinghai.js';

/** Every protocol that a simulated supplier can speak. */
export const DIALECTS: Readonly<Record<string, Dialect>> = { kakayun, kayixin, kasushou, xinghai };
