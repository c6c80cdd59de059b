# Writes wedge.json: power of stepped wedges by swdpwr 1.11 on R 4.2.2 (normal reference, two-sided level .05).
# Run: Rscript wedge.R > wedge.json
suppressMessages({ library(swdpwr); library(jsonlite) })
design <- function(steps, per) {
  m <- t(sapply(1:steps, function(s) c(rep(0, s), rep(1, steps + 1 - s))))
  m[rep(1:steps, each = per), ]
}
one <- function(steps, per, K, family, model, link, type, start, end0, end1, sigma2, alpha) {
  args <- list(K = K, design = design(steps, per), family = family, model = model, link = link, type = type,
    meanresponse_start = start, meanresponse_end0 = end0, meanresponse_end1 = end1, sigma2 = sigma2, alpha0 = alpha[1], alpha1 = alpha[2])
  if (type == "cohort") args$alpha2 <- alpha[3]
  r <- suppressWarnings(do.call(swdpower, args))
  list(steps = steps, clusters = steps * per, size = K, family = family, model = model, link = link, type = type,
    start = start, end = end0, treated = end1, variance = sigma2, alpha = alpha, effect = r$treatment.effect.beta, power = r$Power)
}
rows <- list()
add <- function(...) rows[[length(rows) + 1]] <<- one(...)
for (type in c("cross-sectional", "cohort")) for (end in c(.1, .2))
  add(4, 3, 24, "gaussian", "marginal", "identity", type, .1, end, end + .08, .095, c(.03, .015, .2))
add(3, 4, 20, "gaussian", "conditional", "identity", "cross-sectional", .1, .2, .28, .095, c(.03, .03, .03))
for (link in c("logit", "log", "identity")) for (type in c("cross-sectional", "cohort")) for (end in c(.2, .25))
  add(4, 3, 30, "binomial", "marginal", link, type, .2, end, end + .08, 0, c(.03, .015, .15))
for (end in c(.2, .3)) {
  add(2, 6, 30, "binomial", "conditional", "logit", "cross-sectional", .2, end, end + .1, 0, c(.01, .01, .01))
  add(2, 5, 12, "binomial", "conditional", "logit", "cross-sectional", .3, end + .1, end + .25, 0, c(.08, .08, .08))
  add(3, 4, 12, "binomial", "conditional", "logit", "cross-sectional", .3, end + .1, end + .25, 0, c(.05, .05, .05))
}
cat(toJSON(rows, auto_unbox = TRUE, digits = NA, pretty = TRUE))
