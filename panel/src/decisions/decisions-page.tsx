import { Accordion, Alert, Button, Center, Group, Loader, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { type Outcome, ProblemError, readDecisions } from '../base/api.js'
import { DecisionItem } from './decision-item.js'

const OUTCOMES = ['all', 'fire', 'hold', 'unknown'] as const

/** The decisions, newest first, each with its trace; updated live. */
export function DecisionsPage() {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('all')

  return (
    <Stack gap="md">
      <Group justify="space-between" align="end">
        <div>
          <Title order={2}>{t('decisions.title')}</Title>
          <Text c="dimmed" size="sm">
            {t('decisions.subtitle')}
          </Text>
        </div>
        <SegmentedControl
          aria-label={t('decisions.title')}
          value={outcome}
          onChange={(value) => setOutcome(value)}
          data={OUTCOMES.map((value) => ({ value, label: t(`decisions.outcome.${value}`) }))}
        />
      </Group>
      <DecisionList outcome={outcome === 'all' ? null : outcome} />
    </Stack>
  )
}

function DecisionList({ outcome }: { readonly outcome: Outcome | null }) {
  const { t } = useTranslation()
  const decisions = useInfiniteQuery({
    queryKey: ['decisions', outcome],
    queryFn: ({ pageParam }) => readDecisions({ outcome, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

  if (decisions.isPending) {
    return (
      <Center p="xl">
        <Loader />
      </Center>
    )
  }
  if (decisions.isError) return <Failure error={decisions.error} retry={() => void decisions.refetch()} />

  const all = decisions.data.pages.flatMap((page) => page.data)
  if (all.length === 0) {
    return (
      <Alert variant="light" title={outcome === null ? t('decisions.emptyTitle') : undefined}>
        {outcome === null ? t('decisions.empty') : t('decisions.emptyFilter')}
      </Alert>
    )
  }
  return (
    <Stack>
      <Accordion variant="separated" multiple chevronPosition="left">
        {all.map((decision) => (
          <DecisionItem key={decision.id} decision={decision} />
        ))}
      </Accordion>
      {decisions.hasNextPage && (
        <Button variant="default" loading={decisions.isFetchingNextPage} onClick={() => void decisions.fetchNextPage()}>
          {t('decisions.more')}
        </Button>
      )}
    </Stack>
  )
}

function Failure({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  const { t } = useTranslation()
  if (error instanceof ProblemError && error.status === 401) {
    return (
      <Alert color="yellow" title={t('error.signInTitle')}>
        {t('error.signIn')}
      </Alert>
    )
  }
  return (
    <Alert color="red" title={t('error.title')}>
      <Stack gap="sm" align="start">
        <Text size="sm">{error.message}</Text>
        <Button variant="light" color="red" onClick={retry}>
          {t('error.retry')}
        </Button>
      </Stack>
    </Alert>
  )
}
