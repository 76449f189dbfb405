import type { Dialect } from '../dialect.js';
import { feisuyuan } from './feisuyuan.js';
import { fulu } from './fulu.js';
import { julangyun } from './julangyun.js';
import { kakayun } from './kakayun.js';
import { kasushou } from './kasushou.js';
import { kayixin } from './kayixin.js';
import { xinghai } from './xinghai.js';
import { xingquanyi } from './xingquanyi.js';
import { youkayun } from './youkayun.js';

/** Every protocol that a simulated supplier can speak. */
export const DIALECTS: Readonly<Record<string, Dialect>> = {
  kakayun,
  kayixin,
  kasushou,
  xinghai,
  feisuyuan,
  xingquanyi,
  julangyun,
  youkayun,
  fulu,
};
