import type { chat_v1 } from '@googleapis/chat';
import type { ViewButtons } from './button-view.ts';
import { readCardHtml } from './card-html.ts';
import type { Rich } from './rich-text.ts';
import { type WidgetView, widgetViews } from './widget-view.ts';

/** A card, as far as the page shows it. */
export interface CardView {
  title: string;
  subtitle: string;
  /** Of the header. The picture itself is elsewhere, and nothing leaves the machine: its description stands for it. */
  picture?: { description: string; isRound: boolean };
  sections: SectionView[];
}

export interface SectionView {
  header: Rich[];
  widgets: WidgetView[];
  /** Those that are there when one asks for them. */
  more: WidgetView[];
}

type Section = chat_v1.Schema$GoogleAppsCardV1Section;

/** @param viewButtons those of the message that the card is on */
export function cardView(
  { header, sections }: chat_v1.Schema$GoogleAppsCardV1Card,
  viewButtons: ViewButtons,
): CardView {
  return {
    title: header?.title ?? '',
    subtitle: header?.subtitle ?? '',
    ...(header?.imageUrl && {
      picture: {
        description: header.imageAltText ?? '',
        isRound: header.imageType === 'CIRCLE',
      },
    }),
    sections: (sections ?? []).map((section) => sectionView(section, viewButtons)),
  };
}

function sectionView(section: Section, viewButtons: ViewButtons): SectionView {
  const { header, widgets = [], collapsible, uncollapsibleWidgetsCount } = section;
  const shown = collapsible ? (uncollapsibleWidgetsCount ?? 0) : widgets.length;
  return {
    header: readCardHtml(header ?? ''),
    widgets: widgetViews(widgets.slice(0, shown), viewButtons),
    more: widgetViews(widgets.slice(shown), viewButtons),
  };
}
