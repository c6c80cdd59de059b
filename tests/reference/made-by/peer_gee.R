# Fits of R's gee for peer_gee.py: JSON on standard output, numbers as text with 15 digits.
suppressMessages({ library(gee); library(jsonlite) })
folder <- commandArgs(TRUE)[1]
text <- function(x) formatC(unname(x), digits = 15, format = "g")
fits <- list()
fit <- function(data, formula, cluster, family, link, corr, structure, wave = NULL, ...) {
  d <- read.csv(file.path(folder, "data", paste0(data, ".csv")), stringsAsFactors = FALSE)
  d$.id <- as.integer(factor(d[[cluster]]))
  d <- d[if (is.null(wave)) order(d$.id) else order(d$.id, d[[wave]]), ]
  invisible(capture.output(suppressMessages(
    f <- gee(as.formula(formula), id = .id, data = d, family = link, corstr = structure, tol = 1e-11, maxiter = 500, ...))))
  s <- coef(summary(f))
  one <- list(data = data, formula = formula, cluster = cluster, family = family, corr = corr, terms = rownames(s),
    estimate = text(s[, "Estimate"]), robust = text(s[, "Robust S.E."]), model = text(s[, "Naive S.E."]), scale = text(f$scale))
  if (!is.null(wave)) one$wave <- wave
  if (corr %in% c("exchangeable", "ar1")) one$alpha <- text(f$working.correlation[1, 2])
  fits[[length(fits) + 1]] <<- one
}
for (s in list(c("independence", "independence"), c("exchangeable", "exchangeable"), c("ar1", "AR-M"), c("unstructured", "unstructured"))) {
  fit("ohio", "resp ~ age * smoke", "id", "binomial", binomial, s[1], s[2], "age")
}
for (s in list(c("independence", "independence"), c("exchangeable", "exchangeable"), c("ar1", "AR-M"))) {
  fit("seizure", "y ~ trt", "id", "poisson", poisson, s[1], s[2], "time")
}
for (s in list(c("independence", "independence"), c("exchangeable", "exchangeable"))) {
  fit("dietox", "Weight ~ Time", "Pig", "gaussian", gaussian, s[1], s[2], "Time")
}
fit("respiratory_stokes", "outcome ~ treatment + age + baseline", "patient", "binomial", binomial, "exchangeable", "exchangeable")
cat(toJSON(list(r = R.version.string, version = as.character(packageVersion("gee")), fits = fits), auto_unbox = TRUE))
