import { CalendarDay, CalendarYear } from '#domain/entities';
import type { ResourceDefinition } from '../resource/resource-definition.js';

/** What is owed between us and platforms, and by when. */
export const settlementResources: readonly ResourceDefinition[] = [
  {
    entity: CalendarYear,
    group: 'money',
    icon: 'Calendar',
    read: 'money.read',
    title: 'year',
    list: ['calendarId', 'year', 'coverageUntil', 'edition', 'source', 'importedBy', 'updatedAt'],
    filters: ['calendarId', 'year'],
    sorts: ['year', 'calendarId'],
    direction: 'desc',
    components: { list: 'CalendarList' },
  },
  {
    entity: CalendarDay,
    group: 'money',
    isDetail: true,
    icon: 'Sun',
    read: 'money.read',
    title: 'day',
    list: ['day', 'calendarId', 'isWorkday', 'name', 'source', 'edition'],
    filters: ['calendarId', 'isWorkday', 'name'],
    sorts: ['day'],
    direction: 'desc',
  },
];
