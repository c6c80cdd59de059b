toenail_like <- function() {
  set.seed(1)
  id <- rep(1:60, each = 5)
  arm <- rep(c("placebo", "active"), each = 150)
  data.frame(
    id = id, arm = arm, time = rep(0:4, 60),
    y = as.integer(runif(300) < plogis(-0.5 + (arm == "active") + rep(rnorm(60), each = 5))))
}

# What the program prints for the same line on a file.
typed <- function(words, data) {
  path <- tempfile(fileext = ".csv")
  on.exit(unlink(path))
  write.csv(data, path, row.names = FALSE)
  start <- margcond:::program()
  printed <- processx::run(start[1], c(start[-1], words[1], path, words[-1], "--format", "json"))$stdout
  jsonlite::fromJSON(printed, simplifyVector = FALSE)
}

test_that("a fit has the numbers of the command to the last bit", {
  skip_if_not(mc_available(), "needs the program margcond")
  data <- toenail_like()
  fit <- mc_gee(y ~ arm * time, data, cluster = id, corr = "exchangeable")
  expect_equal(fit$json, typed(c("gee", "y ~ arm * time", "--cluster", "id", "--corr", "exchangeable"), data), tolerance = 0)
  expect_named(coef(fit), c("(Intercept)", "armplacebo", "time", "armplacebo:time"))
  expect_equal(sqrt(diag(vcov(fit))), setNames(fit$coefficients$se, names(coef(fit))), tolerance = 1e-12)
  expect_equal(nobs(fit), 300L)
  expect_equal(unname(confint(fit)[, 1]), fit$coefficients$lower)
  narrow <- confint(fit, "time", level = 0.5)
  expect_equal(unname(narrow[1, 2]), coef(fit)[["time"]] + qnorm(0.75) * fit$coefficients$se[3], tolerance = 1e-10)
  expect_output(print(fit), "armplacebo")
  expect_error(logLik(fit), "likelihood")
})

test_that("a linear model without clusters of its own is that of lm", {
  skip_if_not(mc_available(), "needs the program margcond")
  data <- toenail_like()
  data$day <- as.Date("2020-01-01") + data$time
  data$arm <- factor(data$arm, levels = c("placebo", "active"))
  data$late <- data$time > 2
  fit <- mc_gee(time ~ arm + late, data, cluster = "id", family = "gaussian", corr = "independence")
  expect_equal(coef(fit), coef(lm(time ~ arm + late, data)), tolerance = 1e-8)
  dated <- mc_gee(y ~ day, data, cluster = ~id, corr = "independence")
  expect_equal(unname(coef(dated)), unname(coef(glm(y ~ day, binomial, data))), tolerance = 1e-5)
})

test_that("mixed models are tidied, glanced at and augmented under broom's names", {
  skip_if_not(mc_available(), "needs the program margcond")
  fit <- suppressWarnings(mc_glmm(y ~ arm + (1 | id), toenail_like(), nodes = 15))
  table <- tidy(fit, conf.int = TRUE)
  expect_named(table, c("effect", "group", "term", "estimate", "std.error", "statistic", "p.value", "conf.low", "conf.high"))
  expect_equal(table$term, c("(Intercept)", "armplacebo", "sd__(Intercept)"))
  expect_equal(tidy(fit, exponentiate = TRUE, effects = "fixed")$estimate, unname(exp(coef(fit))))
  row <- glance(fit)
  expect_true(all(c("nobs", "logLik", "AIC", "BIC", "converged") %in% names(row)))
  expect_equal(attr(logLik(fit), "df"), 3)
  rows <- augment(fit)
  expect_equal(nrow(rows), 300L)
  expect_true(all(c("y", ".fitted", ".se.fit", ".resid") %in% names(rows)))
  expect_match(plot(fit, "random-effects")$svg, "^<svg")
  expect_s3_class(summary(fit), "mc_summary")
  linear <- suppressWarnings(mc_lmm(time ~ arm + (1 | id), toenail_like()))
  expect_true("Residual" %in% tidy(linear)$group)
})

test_that("a comparison takes three lines", {
  skip_if_not(mc_available(), "needs the program margcond")
  comparison <- suppressWarnings(mc_compare(y ~ arm, toenail_like(), cluster = id))
  expect_true(all(c("conditional", "marginal") %in% comparison$effects$estimand))
  expect_setequal(comparison$ladder$rung, 0:4)
  expect_true("risk difference" %in% comparison$standardized$measure)
  expect_true(nzchar(comparison$verdict))
  expect_equal(tidy(comparison)$estimate, comparison$effects$estimate)
  expect_output(print(comparison), "conditional")
})

test_that("a study has measures", {
  skip_if_not(mc_available(), "needs the program margcond")
  study <- tempfile(fileext = ".yaml")
  writeLines(c(
    "study: small", "seed: 1", "replicates: 20",
    "data-generating-mechanisms: {design: parallel, clusters: 20, cluster-size: 5, outcome: binary, link: logit,",
    "  random-effect: normal, sigma: [0, 1], baseline: -1, effect: 1}",
    "estimands: [marginal]", "methods: [gee: {correlation: exchangeable}]"), study)
  measures <- suppressWarnings(mc_simulate(study))$measures
  expect_true(all(c("bias", "coverage") %in% measures$measure))
  expect_setequal(as.numeric(measures$sigma), 0:1)
})

test_that("what is refused says why, and the process stays", {
  skip_if_not(mc_available(), "needs the program margcond")
  before <- margcond:::session()$process$get_pid()
  condition <- tryCatch(mc_gee(y ~ amr, toenail_like(), cluster = id), margcond_error = identity)
  expect_match(conditionMessage(condition), "There is no column \"amr\"")
  expect_match(condition$sentence, "Did you mean")
  expect_equal(margcond:::session()$process$get_pid(), before)
  mc_stop()
  expect_match(mc_version(), "^margcond ")
})

test_that("a missing program is said with the line that installs it", {
  old <- Sys.getenv(c("MARGCOND", "PATH", "HOME"))
  on.exit({
    Sys.unsetenv("MARGCOND")
    do.call(Sys.setenv, as.list(old[nzchar(old)]))
  })
  mc_stop()
  Sys.unsetenv("MARGCOND")
  Sys.setenv(PATH = tempdir(), HOME = tempdir())
  expect_false(mc_available())
  expect_error(mc_version(), "dotnet tool install --global margcond")
  Sys.setenv(MARGCOND = file.path(tempdir(), "nothing"))
  expect_error(margcond:::program(), "not there")
})
