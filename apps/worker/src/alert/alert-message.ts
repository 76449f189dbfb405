import type { DueNotice } from '#domain/stores';
import { translate, type Language } from '#domain/i18n';

/** What a person reads, in the language of the channel. */
export function alertText(notice: DueNotice): string {
  const language: Language = notice.channel.language === 'en' ? 'en' : 'zh-CN';
  const { news, alertKind, subject, value, channel } = notice;
  if (news === 'test' || alertKind === null)
    return translate(language, 'page.alert.test', { name: channel.name });
  const kind = translate(language, `enum.alertKind.${alertKind}`);
  return news === 'closed'
    ? translate(language, 'page.alert.over', { kind, subject })
    : translate(language, 'page.alert.raised', {
        kind,
        subject,
        value: value === '' ? '–' : value,
      });
}

/** The body for programs: the same facts, each by itself. */
export function alertBody(notice: DueNotice): string {
  return JSON.stringify({
    id: notice.id,
    news: notice.news,
    kind: notice.alertKind,
    subject: notice.subject,
    value: notice.value,
    at: new Date(notice.atMs).toISOString(),
    text: alertText(notice),
  });
}

/** WeCom's group robots take Markdown of at most 4096 bytes (developer.work.weixin.qq.com, 群机器人配置说明). */
export function robotBody(notice: DueNotice): string {
  const colour = notice.news === 'opened' ? 'warning' : 'info';
  const content = `<font color="${colour}">**卡供 Kagong**</font>\n${escaped(alertText(notice))}`;
  return JSON.stringify({ msgtype: 'markdown', markdown: { content: content.slice(0, 1_300) } });
}

/** Names come from suppliers' data: they make no links and no colours. */
const escaped = (text: string): string => text.replaceAll(/[<>[\]()*_`#]/g, ' ');
