import '@mantine/core/styles.css'
import './panel.css'

import { createTheme, MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { DecisionsPage } from './decisions/decisions-page.js'
import { startLanguage } from './language/language.js'
import { Layout } from './layout/layout.js'

const theme = createTheme({ primaryColor: 'teal', defaultRadius: 'md', fontFamily: 'system-ui, sans-serif' })

/** Live events refresh the lists: queries refetch on an event or on focus, and are not polled. */
const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 60_000 } } })

startLanguage()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id "root"')

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <Layout>
          <DecisionsPage />
        </Layout>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
