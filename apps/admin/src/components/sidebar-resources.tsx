import { Icon } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import React from 'react';
import { useLocation } from 'react-router';
import { Link } from 'react-router-dom';
import type { ResourceJson } from './types';

/** Begun from their list, so they need no line in the menu. */
const IN_LIST = ['list', 'new', 'search', 'newCredential'];

/** Pages of our own that belong to a resource and that this person may open. */
const pagesOf = (resource: ResourceJson): { name: string; href: string }[] =>
  resource.resourceActions
    .filter((action) => !IN_LIST.includes(action.name))
    .map(({ name }) => ({ name, href: `${resource.href ?? ''}/actions/${name}` }));

/** The menu, all of it open: who has never seen it finds everything at a glance. */
const SidebarResources = ({ resources }: { resources: ResourceJson[] }) => {
  const { tl, ta, t } = useTranslation();
  const { pathname } = useLocation();
  const groups = new Map<string, ResourceJson[]>();
  for (const resource of resources) {
    const name = resource.navigation?.name;
    if (resource.href && name) groups.set(name, [...(groups.get(name) ?? []), resource]);
  }
  const isOpen = (resource: ResourceJson) =>
    !pagesOf(resource).some((page) => page.href === pathname) &&
    (pathname === resource.href || pathname.startsWith(`${resource.href ?? ''}/`));
  return (
    <nav className="kg-menu">
      <Link to="/admin" className={pathname === '/admin' || pathname === '/admin/' ? 'here' : ''}>
        {t('page.dashboard.title')}
      </Link>
      {[...groups].map(([name, members]) => (
        <section key={name}>
          <h3>
            <Icon icon={members[0]?.navigation?.icon ?? 'List'} size={14} /> {tl(name)}
          </h3>
          {members.flatMap((resource) => [
            ...pagesOf(resource).map((page) => (
              <Link key={page.name} to={page.href} className={pathname === page.href ? 'here' : ''}>
                {ta(page.name, resource.id)}
              </Link>
            )),
            <Link
              key={resource.id}
              to={resource.href ?? ''}
              className={isOpen(resource) ? 'here' : ''}
            >
              {tl(resource.name)}
            </Link>,
          ])}
        </section>
      ))}
    </nav>
  );
};

export default SidebarResources;
