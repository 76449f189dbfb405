import { ApiCall } from '../docs/api-call.js';
import { statementDetailView, statementPage } from '../docs/statement-views.js';
import { pageQuery } from '../http/fields.js';

export const ListStatementsCall = (): MethodDecorator =>
  ApiCall({
    summary: 'Your settlement statements',
    description:
      'The latest period first. A statement appears when it is issued; poll this list once a day to see new ones, those that are due, and those that are `overdue`.',
    query: pageQuery,
    answers: { 200: { description: 'Statements without their lines.', view: statementPage } },
    errors: ['request.invalid'],
  });

export const FindStatementCall = (): MethodDecorator =>
  ApiCall({
    summary: 'One statement with its lines',
    description:
      '`openingBalance` plus all lines is `closingBalance`, to the last digit. `limit` and `cursor` page through the lines, in the order in which they were booked.',
    params: { statementNo: 'For example `ST-demo-2026-10`.' },
    query: pageQuery,
    answers: {
      200: {
        description: 'The statement, its payments and a page of its lines.',
        view: statementDetailView,
      },
    },
    errors: ['request.invalid', 'statement.not-found'],
  });
