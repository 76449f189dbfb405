import { Icon } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import React from 'react';
import { useLocation } from 'react-router';
import { Link } from 'react-router-dom';
import type { ResourceJson } from './types';

/** Begun from their list, so they need no line in the menu. */
const IN_LIST = ['list', 'new', 'search', 'newCredential'];
/** Ends the group of what stands behind the fold (`resource-options.ts`). */
const DETAIL_MARK = '+';

interface Group {
  readonly icon: string;
  readonly main: ResourceJson[];
  readonly details: ResourceJson[];
}

/** Pages of our own that belong to a resource and that this person may open. */
const pagesOf = (resource: ResourceJson): { name: string; href: string }[] =>
  resource.resourceActions
    .filter((action) => !IN_LIST.includes(action.name))
    .map(({ name }) => ({ name, href: `${resource.href ?? ''}/actions/${name}` }));

const isHere = (resource: ResourceJson, pathname: string): boolean =>
  !pagesOf(resource).some((page) => page.href === pathname) &&
  (pathname === resource.href || pathname.startsWith(`${resource.href ?? ''}/`));

function groupsOf(resources: readonly ResourceJson[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const resource of resources) {
    const marked = resource.navigation?.name;
    if (!resource.href || !marked) continue;
    const isDetail = marked.endsWith(DETAIL_MARK);
    const name = isDetail ? marked.slice(0, -DETAIL_MARK.length) : marked;
    const icon = resource.navigation?.icon ?? 'List';
    const group = groups.get(name) ?? { icon, main: [], details: [] };
    groups.set(name, group);
    (isDetail ? group.details : group.main).push(resource);
  }
  return groups;
}

const Lines = ({ resource }: { resource: ResourceJson }) => {
  const { tl, ta } = useTranslation();
  const { pathname } = useLocation();
  return (
    <>
      {pagesOf(resource).map((page) => (
        <Link key={page.name} to={page.href} className={pathname === page.href ? 'here' : ''}>
          {ta(page.name, resource.id)}
        </Link>
      ))}
      <Link to={resource.href ?? ''} className={isHere(resource, pathname) ? 'here' : ''}>
        {tl(resource.name)}
      </Link>
    </>
  );
};

/** The menu: what people work with lies open; the tables behind it are folded away, one fold in each group. */
const SidebarResources = ({ resources }: { resources: ResourceJson[] }) => {
  const { tl, t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <nav className="kg-menu">
      <Link to="/admin" className={pathname === '/admin' || pathname === '/admin/' ? 'here' : ''}>
        {t('page.dashboard.title')}
      </Link>
      {[...groupsOf(resources)].map(([name, { icon, main, details }]) => (
        <section key={name}>
          <h3>
            <Icon icon={icon} size={14} /> {tl(name)}
          </h3>
          {main.map((resource) => (
            <Lines key={resource.id} resource={resource} />
          ))}
          {details.length === 0 ? null : (
            <details open={details.some((resource) => isHere(resource, pathname))}>
              <summary>{tl('menu-details')}</summary>
              {details.map((resource) => (
                <Lines key={resource.id} resource={resource} />
              ))}
            </details>
          )}
        </section>
      ))}
    </nav>
  );
};

export default SidebarResources;
