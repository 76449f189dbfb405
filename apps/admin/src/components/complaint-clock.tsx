import { useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import type { ClockView } from './complaint-views';

const TICK_MS = 1_000;

/** The server's clock, counted on from what it said last: a wrong clock on the desk misleads nobody. */
export function useServerNow(saidMs: number | undefined): number {
  const [offset, setOffset] = useState(0);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (saidMs !== undefined) setOffset(saidMs - Date.now());
  }, [saidMs]);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), TICK_MS);
    return () => window.clearInterval(timer);
  }, []);
  return now + offset;
}

interface Reading {
  /** Of the target; above 1 it is late. */
  readonly share: number;
  /** What is left; below 0 it is late. */
  readonly leftMs: number;
  readonly isPaused: boolean;
  readonly tone: 'good' | 'near' | 'busy' | 'bad';
}

/** How a clock stands at this moment. */
export function readClock(clock: ClockView, nowMs: number): Reading {
  const atMs = clock.stoppedMs ?? nowMs;
  const isPaused = clock.stoppedMs === null && clock.pausedSinceMs !== null;
  const standing = isPaused ? Math.max(0, atMs - (clock.pausedSinceMs ?? atMs)) : 0;
  const usedMs = Math.max(0, atMs - clock.startedMs - clock.pausedMs - standing);
  const leftMs = isPaused ? clock.targetMs - usedMs : clock.dueMs - atMs;
  const share = clock.targetMs === 0 ? 1 : 1 - leftMs / clock.targetMs;
  return { share, leftMs, isPaused, tone: toneOf(clock, share) };
}

function toneOf(clock: ClockView, share: number): Reading['tone'] {
  if (clock.stoppedMs !== null) return clock.outcome === 'breached' ? 'bad' : 'good';
  if (share >= 1) return 'bad';
  if (share >= 0.75) return 'busy';
  return share >= 0.5 ? 'near' : 'good';
}

const two = (count: number): string => String(count).padStart(2, '0');

/** `1:05:09`, with hours as they come: a clock, not a sentence. */
export function clockText(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1_000);
  const hours = Math.floor(seconds / 3_600);
  return `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** What is left of a clock, ticking. */
export const ClockLeft = ({ clock, nowMs }: { clock: ClockView; nowMs: number }) => {
  const { t } = useTranslation();
  const { leftMs, isPaused, tone } = readClock(clock, nowMs);
  const words =
    clock.stoppedMs !== null
      ? t(`enum.clockOutcome.${clock.outcome}`)
      : leftMs < 0
        ? t('page.complaint.lateBy', { time: clockText(leftMs) })
        : t(isPaused ? 'page.complaint.pausedAt' : 'page.complaint.left', {
            time: clockText(leftMs),
          });
  return <span className={`kg-left ${tone}`}>{words}</span>;
};

/** How much of the target is used up. */
export const ClockBar = ({ clock, nowMs }: { clock: ClockView; nowMs: number }) => {
  const { share, tone } = readClock(clock, nowMs);
  const percent = Math.round(share * 100);
  return (
    <div className={`kg-clock ${tone}`} role="img" aria-label={`${percent}%`} title={`${percent}%`}>
      <span style={{ width: `${Math.min(100, Math.max(0, percent))}%` }} />
    </div>
  );
};
