package rules

import "github.com/waymark-dev/waymark/internal/delivery"

// DeliveryText explains what is measured of delivery, and how.
const DeliveryText = `How a team delivers, told by its history: proxies, not measurements

They cover the year before the scanned commit (or before --as-of), and no stage rests on them. A deployment is, the first that holds:
what landed on a main line from which a job deploys by itself (what was pushed or merged together counts once), what landed and changed
what a controller applies, or a version tag.

  deployment frequency   deployments in the year
  lead time              median time from writing a commit to its landing where landing deploys, else to the first release that contains it
  change failure rate    reverts, rollbacks and hotfixes, by their message, branch or tag, for each hundred deployments
  time to restore        median time from the landing of a change to that of its revert, or from a release to its hotfix

Bands are those of ` + delivery.BandsOf + `: frequency elite on demand (here 365 a year), high from 52, medium from 12; lead time elite below a day, high below
a week, medium below a month; failure rate elite up to 5 %, high or medium up to 20 %; time to restore elite below an hour, high or medium
below a day. A failure rate of fewer than five deployments has no band.
(That report's medium teams fail less often than its high ones, so the two share a band.) Merges that squash a branch hide when
it was written, and with it the lead time.

Work is split by what the first line of a message says, else by the files that a commit changed; merges are left out. Who is active has a
commit in the last 90 days. A newcomer's first change is the first commit of an author whose first lies in the year. Assistants are told by
trailers that name them, beside the files that set them up.
`
