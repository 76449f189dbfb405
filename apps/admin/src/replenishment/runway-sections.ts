import type { Pool } from 'pg';
import { DAY_MS, shanghaiDate } from '#domain';
import { type Language, translate } from '#domain/i18n';
import type { RelatedChart, RelatedSection } from '../components/views.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownCount } from '../resource/shown-amount.js';

const FORECAST_DAYS = 14;

const READ = `
  SELECT w.available, w.per_hour, w.hours_left, w.hours_min, w.is_peak, w.hourly, w.measured_at,
    (SELECT coalesce(sum(greatest(0, r.quantity - r.received_quantity)), 0)::int FROM replenishments r
      WHERE r.product_id = w.product_id AND r.status = 'buying') AS on_order
  FROM stock_runways w WHERE w.product_id = $1`;

interface Row {
  readonly available: number;
  readonly per_hour: number;
  readonly hours_left: number | null;
  readonly hours_min: number;
  readonly is_peak: boolean;
  readonly hourly: readonly number[];
  readonly measured_at: Date;
  readonly on_order: number;
}

/** Consumption of the last day and the forecast of the next weeks, as pictures; none where nothing was measured. */
export async function runwaySections(
  pool: Pool,
  language: Language,
  productId: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<Row>(READ, [productId]);
  const row = rows[0];
  if (!row) return [];
  return row.per_hour > 0
    ? [consumption(language, row), forecast(language, row)]
    : [consumption(language, row)];
}

function consumption(language: Language, row: Row): RelatedSection {
  const text = (name: 'lastFor' | 'mark' | 'perHour' | 'onOrder'): string =>
    translate(language, `page.stock.${name}`);
  const hours = (count: number): string =>
    translate(language, 'page.stock.hours', { hours: count.toFixed(1) });
  return {
    title: translate(language, 'page.stock.runway'),
    hint: translate(language, 'page.stock.runwayHint'),
    facts: [
      {
        label: text('lastFor'),
        value: {
          text:
            row.hours_left === null
              ? translate(language, 'page.stock.forEver')
              : hours(row.hours_left),
        },
      },
      {
        label: text('mark'),
        value: {
          text: hours(row.hours_min),
          ...(row.is_peak ? { note: translate(language, 'page.stock.peak') } : {}),
        },
      },
      { label: text('perHour'), value: { text: row.per_hour.toFixed(1) } },
      { label: text('onOrder'), value: { text: shownCount(row.on_order) } },
    ],
    ...(row.hourly.some((sold) => sold > 0) ? { chart: hourlyChart(language, row) } : {}),
  };
}

function hourlyChart(language: Language, row: Row): RelatedChart {
  const hourMs = DAY_MS / 24;
  return {
    unit: translate(language, 'page.common.cards'),
    series: [translate(language, 'page.stock.sold')],
    bars: row.hourly
      .map((sold, hoursAgo) => ({
        label: shanghaiTime(new Date(row.measured_at.getTime() - hoursAgo * hourMs)).slice(11, 16),
        values: [sold],
      }))
      .reverse(),
  };
}

/** What is left at the end of each day at the recent pace, with what is on order. */
function forecast(language: Language, row: Row): RelatedSection {
  const perDay = row.per_hour * 24;
  const from = row.measured_at.getTime();
  return {
    title: translate(language, 'page.stock.left'),
    hint: translate(language, 'page.stock.forecastHint'),
    chart: {
      unit: translate(language, 'page.common.cards'),
      series: [translate(language, 'page.stock.left')],
      bars: Array.from({ length: FORECAST_DAYS }, (_, day) => ({
        label: shanghaiDate(from + (day + 1) * DAY_MS).slice(5),
        values: [Math.max(0, Math.round(row.available + row.on_order - perDay * (day + 1)))],
      })),
    },
  };
}
