import React from 'react';
import { Link } from 'react-router-dom';
import { Columns, Meters } from './marks';
import { BarChart } from './bar-chart';
import { Tag } from './tag';
import type { RelatedCell, RelatedSection } from './views';

const Cell = ({ cell }: { cell: RelatedCell }) => {
  if (cell.meters !== undefined) return <Meters meters={cell.meters} />;
  if (cell.columns !== undefined) return <Columns columns={cell.columns} label={cell.text} />;
  if (cell.bar !== undefined) return <Bar share={cell.bar} text={cell.text} />;
  if (cell.tag !== undefined)
    return <Tag value={cell.tag} label={cell.text} of={cell.tagOf ?? ''} />;
  if (cell.download !== undefined) return <a href={`/admin/data/${cell.download}`}>{cell.text}</a>;
  return (
    <>
      {cell.to === undefined ? cell.text : <Link to={cell.to}>{cell.text}</Link>}
      {cell.note === undefined ? null : <span className="muted small"> {cell.note}</span>}
    </>
  );
};

const BAR_WIDTH = 120;

const Bar = ({ share, text }: { share: number; text: string }) => (
  <span className="kg-share">
    <svg width={BAR_WIDTH} height="10" role="img" aria-label={text}>
      <rect className="all" width={BAR_WIDTH} height="10" rx="3" />
      <rect
        className={share >= 1 ? 'full' : 'part'}
        width={Math.min(1, Math.max(0, share)) * BAR_WIDTH}
        height="10"
        rx="3"
      />
    </svg>{' '}
    {text}
  </span>
);

/** What belongs to a record, one card for each kind of it. */
export const RelatedSections = ({ sections }: { sections: readonly RelatedSection[] }) => (
  <>
    {sections.map((section) => (
      <div className="kg-card" key={section.title} data-testid="related">
        <div className="kg-row apart">
          <h2>{section.title}</h2>
          <div className="kg-row">
            {(section.links ?? []).map(({ label, to }) => (
              <Link className="kg-button tiny" key={to} to={to}>
                {label}
              </Link>
            ))}
          </div>
        </div>
        {section.hint === undefined ? null : <p className="muted small">{section.hint}</p>}
        {section.facts === undefined ? null : (
          <dl>
            {section.facts.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <Cell cell={value} />
                </dd>
              </div>
            ))}
          </dl>
        )}
        {section.chart === undefined ? null : <BarChart chart={section.chart} />}
        {section.heads === undefined ? null : <Rows section={section} heads={section.heads} />}
      </div>
    ))}
  </>
);

const Rows = ({ section, heads }: { section: RelatedSection; heads: readonly string[] }) => {
  const rows = section.rows ?? [];
  if (rows.length === 0) return <p className="muted">{section.empty}</p>;
  const isNumber = (column: number): boolean => rows[0]?.[column]?.isNumber === true;
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            {heads.map((head, column) => (
              <th key={head} className={isNumber(column) ? 'right' : ''}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            <tr key={line}>
              {row.map((cell, column) => (
                <td key={column} className={cell.isNumber ? 'right' : cell.isProse ? 'prose' : ''}>
                  <Cell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
