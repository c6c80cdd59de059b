# Makes wedge.csv and crossover.csv: a discharge checklist in hospitals, tried two ways (R 4.2 or later, no packages).
# Both on the log-odds scale: hospitals differ (standard deviation 0.4), readmission rises slowly over the periods, and severity
# predicts it. The checklist helps small hospitals (6 patients in a period, full effect -1.4) more than large ones (20, -0.4). In the
# stepped wedge it takes three periods to reach the full effect: a third of it in the first, two thirds in the second.
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20260417)
hospital <- function(h, treated, exposure) {
  large <- h %% 3 == 0
  effect <- if (large) -0.4 else -1.4
  level <- rnorm(1, 0, 0.4)
  do.call(rbind, lapply(seq_along(treated), function(period) {
    n <- rpois(1, if (large) 20 else 6) + 1
    severity <- round(rnorm(n), 2)
    share <- min(1, exposure[period] / 3)
    eta <- 0.2 + 0.1 * period + 0.6 * severity + level + treated[period] * effect * share
    data.frame(hospital = sprintf("H%02d", h), period, checklist = treated[period], exposure = exposure[period], severity,
               readmitted = rbinom(n, 1, plogis(eta)))
  }))
}
wedge <- do.call(rbind, lapply(1:24, function(h) {
  exposure <- pmax(0, 1:5 - 1 - (h - 1) %/% 6)
  hospital(h, as.integer(exposure > 0), exposure)
}))
crossover <- do.call(rbind, lapply(1:16, function(h) {
  treated <- if (h %% 2 == 0) 0:1 else 1:0
  hospital(h, treated, 3 * treated)
}))
crossover$exposure <- NULL
arguments <- commandArgs(FALSE)
here <- dirname(sub("^--file=", "", grep("^--file=", arguments, value = TRUE)))
write.csv(wedge, file.path(here, "wedge.csv"), row.names = FALSE, quote = FALSE)
write.csv(crossover, file.path(here, "crossover.csv"), row.names = FALSE, quote = FALSE)
