import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, readText, ROOT } from '../support/files.js';

const DOCUMENTS = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...filesBelow('docs').filter((file) => file.endsWith('.md')),
];
const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };

/** Lines outside of fenced code. */
function proseOf(file: string): string[] {
  let isCode = false;
  return readText(file)
    .split('\n')
    .filter((line) => {
      if (line.startsWith('```')) isCode = !isCode;
      return !isCode;
    });
}

const headings = (file: string): number[] =>
  proseOf(file).flatMap((line) => /^(#+) /.exec(line)?.[1]?.length ?? []);
const codeBlocks = (file: string): string[] =>
  [...readText(file).matchAll(/```[a-z]*\n([\s\S]*?)```/g)].map(([, code = '']) =>
    code
      .replace(/(#|\/\/).*$/gm, '')
      .replace(/printf '[^']*'/, 'printf')
      .replace(/[ ]+$/gm, ''),
  );

describe('the two readmes', () => {
  it('have the same headings, tables and code', () => {
    expect(headings('README.zh-CN.md')).toEqual(headings('README.md'));
    expect(codeBlocks('README.zh-CN.md')).toEqual(codeBlocks('README.md'));
    const rows = (file: string): number =>
      proseOf(file).filter((line) => line.startsWith('|')).length;
    expect(rows('README.zh-CN.md')).toBe(rows('README.md'));
  });
});

describe.each(DOCUMENTS)('%s', (file) => {
  const text = readText(file);

  it('names only scripts that exist', () => {
    const named = [...text.matchAll(/npm run (?:--silent )?([a-z][a-z:-]*)/g)].map(
      ([, name = '']) => name,
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target);
    const missing = links.filter(
      (target) => !existsSync(path.join(ROOT, path.dirname(file), target)),
    );
    expect(missing).toEqual([]);
  });

  it('holds no path of the machine it was written on', () => {
    expect(text).not.toMatch(/(^|[\s('"`])\/(work|home|root|Users|tmp)\//m);
  });
});

describe('the decisions', () => {
  const pages = filesBelow('docs/adr').map((file) => path.basename(file));

  it('are numbered without gap or repetition', () => {
    const numbers = pages.map((page) => Number(/^(\d{4})-[a-z0-9-]+\.md$/.exec(page)?.[1]));
    expect(numbers).toEqual(pages.map((_, index) => index + 1));
  });

  it.each(pages)(
    '%s tells context, decision, consequences and what would change our mind',
    (page) => {
      const wanted = ['Context', 'Decision', 'Consequences', 'What would change our mind'];
      const found = [...readText(`docs/adr/${page}`).matchAll(/^## (.+)$/gm)].map(
        ([, title]) => title,
      );
      expect(found).toEqual(wanted);
    },
  );
});

describe('the glossary', () => {
  const glossary = readText('docs/glossary.md');
  const SOURCES = [
    'libs/domain/src',
    'libs/workflows/src',
    'apps/api/src',
    'apps/worker/src',
    'apps/admin/src',
  ];
  const nouns = new Set(
    SOURCES.flatMap((source) =>
      filesBelow(source).flatMap((file) =>
        path.relative(source, file).split(path.sep).slice(0, -1).slice(0, 1),
      ),
    ),
  );

  it.each([...nouns].sort())('explains the folder %s', (noun) => {
    const singular = noun.replace(/s$/, '');
    const isExplained = glossary.includes(`\`${noun}\``) || glossary.includes(`\`${singular}\``);
    expect(isExplained).toBe(true);
  });

  it('gives every word in Chinese, English, code and meaning', () => {
    const rows = glossary
      .split('\n')
      .filter((line) => line.startsWith('|') && !/^\| (---|中文)/.test(line));
    expect(rows.length).toBeGreaterThan(50);
    for (const row of rows)
      expect(
        row
          .split('|')
          .slice(1, -1)
          .filter((cell) => cell.trim() === ''),
      ).toEqual([]);
  });
});
