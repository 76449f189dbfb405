/** Pages that belong to no resource are reached from the top bar; the menu names none. */
const SidebarPages = () => null;

export default SidebarPages;
