import {
  ActionIcon,
  Anchor,
  AppShell,
  Badge,
  Button,
  Group,
  Title,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import { IconBolt, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { useLive } from '../base/live.js'
import { chooseLanguage, currentLanguage } from '../language/language.js'
import { HealthBanner } from './health-banner.js'
import { Notes } from './notes.js'

/** The frame around every page: the name, whether the page is live, the API link, language and theme. */
export function Layout({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const live = useLive()

  return (
    <AppShell header={{ height: 56 }} padding="md">
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" maw={1100} mx="auto">
          <Group gap="xs" wrap="nowrap">
            <IconBolt size={24} color="var(--mantine-primary-color-filled)" aria-hidden />
            <Title order={1} size="h3">
              tetik
            </Title>
            <Badge variant="dot" color={live ? 'teal' : 'gray'} role="status">
              {live ? t('layout.live') : t('layout.offline')}
            </Badge>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Anchor href="/docs" target="_blank" rel="noreferrer" size="sm" visibleFrom="xs">
              {t('layout.api')}
            </Anchor>
            <LanguageSwitch />
            <ThemeSwitch />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Main maw={1100} mx="auto">
        <HealthBanner />
        <Notes />
        {children}
      </AppShell.Main>
    </AppShell>
  )
}

/** The label is in the other language, for people who cannot read this one. */
function LanguageSwitch() {
  const { t } = useTranslation()
  const other = currentLanguage() === 'tr' ? 'en' : 'tr'
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<IconLanguage size={16} aria-hidden />}
      lang={other}
      onClick={() => chooseLanguage(other)}
    >
      {t('layout.language')}
    </Button>
  )
}

function ThemeSwitch() {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  return (
    <Tooltip label={t('layout.theme')}>
      <ActionIcon
        variant="subtle"
        aria-label={t('layout.theme')}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        {scheme === 'dark' ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  )
}
