import type { zhCn } from './zh-cn.js';

/** The shape of the source texts: every other language must have exactly these. */
type TextsLike<Source> = {
  readonly [Name in keyof Source]: Source[Name] extends string ? string : TextsLike<Source[Name]>;
};
export type Messages = TextsLike<typeof zhCn>;

type Path<Source> = {
  [Name in keyof Source & string]: Source[Name] extends string
    ? Name
    : `${Name}.${Path<Source[Name]>}`;
}[keyof Source & string];

/** `section.name` or deeper; a key that has no text does not compile. */
export type MessageKey = Path<typeof zhCn>;
