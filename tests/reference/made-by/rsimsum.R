# Numbers of rsimsum 0.13.1 for tests/Compare.Tests/Simulation/Summaries/rsimsum, run in that folder.
# MIsim is examples/missing-covariates/estimates.csv; tt is data-generating mechanism 2 of rsimsum's data set of that name;
# nlp its baselines E and WW1 with 100 persons, without the columns that do not vary.
library(rsimsum)
options(digits = 17)
write <- function(s, keys, file) {
  write.csv(s$summ[, c(keys, "stat", "est", "mcse")], file, row.names = FALSE, quote = FALSE)
}
misim <- read.csv("../../../../../examples/missing-covariates/estimates.csv")
call <- function(...) simsum(misim, "b", "se", true = 0.5, methodvar = "method", ref = "CC", ...)
write(call(), "method", "misim-expected.csv")
write(call(dropbig = TRUE, control = list(dropbig.max = 2, dropbig.semax = 2)), "method", "misim-robust-expected.csv")
write(call(dropbig = TRUE, control = list(dropbig.max = 2.5, dropbig.semax = 2.5, dropbig.robust = FALSE)), "method",
      "misim-mean-expected.csv")
relhaz <- read.csv("relhaz.csv")
write(simsum(relhaz, "theta", "se", true = -0.5, methodvar = "model", ref = "Cox", by = c("n", "baseline")),
      c("n", "baseline", "model"), "relhaz-expected.csv")
tt <- read.csv("tt.csv")
t <- function(...) simsum(tt, "diff", "se", true = -1, methodvar = "method", ref = "1", ...)
write(t(), "method", "tt-expected.csv")
write(t(ci.limits = c("conf.low", "conf.high")), "method", "tt-limits-expected.csv")
write(t(df = "df"), "method", "tt-df-expected.csv")
# simsum takes the rows of two methods as pairs in the order in which they stand.
nlp <- read.csv("nlp.csv")
nlp <- nlp[order(nlp$baseline, nlp$esigma, nlp$model, nlp$i), ]
write(simsum(nlp, "b", "se", true = 0, methodvar = "model", ref = "1", by = c("baseline", "esigma")),
      c("baseline", "esigma", "model"), "nlp-expected.csv")
