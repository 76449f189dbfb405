import { List, useTranslation } from 'adminjs';
import React, { type ComponentProps, useState } from 'react';
import { useSelector } from 'react-redux';
import { useNavigate } from 'react-router';
import { command } from './calls';
import { recordPage } from './places';

/** The list of cards with a look-up by code for those who may see codes; a code is never part of an address. */
const CardList = (props: ComponentProps<typeof List>) => {
  const mayFind = useSelector(
    (state: { session: { mayRevealCards?: boolean } }) => state.session?.mayRevealCards === true,
  );
  return (
    <>
      {mayFind ? <FindCard /> : null}
      <List {...props} />
    </>
  );
};

const FindCard = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [cardNo, setCardNo] = useState('');
  const [error, setError] = useState<string | null>(null);
  const find = (event: React.FormEvent) => {
    event.preventDefault();
    setError(null);
    command<{ cardId: string }>('cards/find', { cardNo: cardNo.trim() }, t)
      .then(({ cardId }) => navigate(recordPage('Card', cardId)))
      .catch((refused: Error) => setError(refused.message));
  };
  return (
    <div className="kg" style={{ padding: '8px 0 16px' }}>
      <form className="kg-row" onSubmit={find}>
        <input
          type="search"
          autoComplete="off"
          aria-label={t('page.card.find')}
          placeholder={t('page.card.find')}
          value={cardNo}
          onChange={(event) => setCardNo(event.target.value)}
          style={{ flex: '1 1 320px' }}
          data-testid="find-card"
        />
        <button type="submit" className="kg-button main" disabled={cardNo.trim() === ''}>
          {t('action.search')}
        </button>
      </form>
      {error ? (
        <p className="kg-error" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
};

export default CardList;
