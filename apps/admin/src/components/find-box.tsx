import { useTranslation } from 'adminjs';
import React, { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { command } from './calls';
import { recordPage } from './places';
import type { FoundGroup, FoundRecord } from './find-views';

interface Hit extends FoundRecord {
  readonly entity: string;
}

const LENGTH_MIN = 2;

/** What was asked and found, and which hit Enter would open. */
function useFind(onOpen: (hit: Hit) => void) {
  const { t } = useTranslation();
  const [groups, setGroups] = useState<readonly FoundGroup[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [chosen, setChosen] = useState(0);
  const hits = hitsOf(groups ?? []);
  const close = () => {
    setGroups(null);
    setError(null);
  };
  const find = async (text: string) => {
    setError(null);
    if (text.length < LENGTH_MIN) return;
    try {
      const answer = await command<{ groups: FoundGroup[] }>('find', { text }, t);
      const [only, ...more] = hitsOf(answer.groups);
      if (only && more.length === 0) return onOpen(only);
      setChosen(0);
      setGroups(answer.groups);
    } catch (refused) {
      setError((refused as Error).message);
    }
  };
  const move = (step: number) => setChosen((chosen + step + hits.length) % hits.length);
  return { groups, error, hits, chosen: groups ? hits[chosen] : undefined, close, find, move };
}

const hitsOf = (groups: readonly FoundGroup[]): Hit[] =>
  groups.flatMap(({ entity, hits }) => hits.map((hit) => ({ ...hit, entity })));

/** One box for every number, code and name: Enter opens the only hit, arrows choose among several. */
export const FindBox = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const open = (hit: Hit) => {
    found.close();
    setText('');
    navigate(recordPage(hit.entity, hit.id));
  };
  const found = useFind(open);
  useClickElsewhere(box, found.close);
  const onKey = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') found.close();
    if (step === undefined || found.hits.length === 0) return;
    event.preventDefault();
    found.move(step);
  };
  const onSubmit = (event: React.FormEvent) => {
    event.preventDefault();
    if (found.chosen) open(found.chosen);
    else void found.find(text.trim());
  };
  return (
    <div className="kg-find" ref={box}>
      <form onSubmit={onSubmit} role="search">
        <input
          type="search"
          autoComplete="off"
          value={text}
          aria-label={t('page.find.label')}
          placeholder={t('page.find.placeholder')}
          data-testid="find"
          onKeyDown={onKey}
          onChange={(event) => {
            setText(event.target.value);
            found.close();
          }}
        />
      </form>
      <Found {...found} onOpen={open} />
    </div>
  );
};

interface FoundProps {
  readonly groups: readonly FoundGroup[] | null;
  readonly error: string | null;
  readonly chosen: Hit | undefined;
  readonly onOpen: (hit: Hit) => void;
}

const Found = ({ groups, error, chosen, onOpen }: FoundProps) => {
  const { t, tl } = useTranslation();
  if (!groups && !error) return null;
  return (
    <div className="kg-found" role="listbox" data-testid="found">
      {error ? <p className="kg-error">{error}</p> : null}
      {groups?.length === 0 ? <p className="muted">{t('page.find.nothing')}</p> : null}
      {groups?.map((group) => (
        <section key={group.entity}>
          <h3>{tl(group.entity)}</h3>
          {hitsOf([group]).map((hit) => (
            <FoundLine
              key={hit.id}
              hit={hit}
              isChosen={chosen?.entity === hit.entity && chosen.id === hit.id}
              onOpen={onOpen}
            />
          ))}
        </section>
      ))}
    </div>
  );
};

const FoundLine = (props: { hit: Hit; isChosen: boolean; onOpen: (hit: Hit) => void }) => {
  const { hit, isChosen, onOpen } = props;
  const { tl } = useTranslation();
  return (
    <button type="button" role="option" aria-selected={isChosen} onClick={() => onOpen(hit)}>
      <b>{hit.title}</b> <span className="muted">{hit.hint}</span>
      {hit.status ? (
        <span className="muted right">{tl(`status.${hit.status}`, hit.entity)}</span>
      ) : null}
    </button>
  );
};

function useClickElsewhere(
  box: React.RefObject<HTMLElement | null>,
  onElsewhere: () => void,
): void {
  useEffect(() => {
    const listen = (event: MouseEvent) => {
      if (!box.current?.contains(event.target as Node)) onElsewhere();
    };
    document.addEventListener('mousedown', listen);
    return () => document.removeEventListener('mousedown', listen);
  }, []);
}
