import { useTranslation } from 'adminjs';
import { useNavigate } from 'react-router';
import { read } from './calls';
import { recordPage } from './places';

/** Opens the order that has exactly this number; where there is none, or more than one, `onMany` goes on. */
export function useFindOrder(onMany: (number: string) => void): (number: string) => void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (number) => {
    if (number === '') return onMany(number);
    read<{ orderId: string | null }>(`order-search?number=${encodeURIComponent(number)}`, t)
      .then(({ orderId }) => (orderId ? navigate(recordPage('Order', orderId)) : onMany(number)))
      .catch(() => onMany(number));
  };
}
