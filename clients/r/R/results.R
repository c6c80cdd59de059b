# What the commands give back.

result <- function(json, words, frames, class) {
  for (sentence in unlist(json$warnings)) warning(sentence, call. = FALSE)
  object <- list(json = json, words = words, frames = frames, notes = unlist(json$notes), warnings = unlist(json$warnings))
  if (class == "mc_fit") {
    object$coefficients <- numbers(rows_of(json$coefficients))
    object$converged <- json$convergence$converged
  } else if (class == "mc_comparison") {
    object$effects <- numbers(do.call(rbind, lapply(json$effects, function(effect) cbind(term = effect$term, rows_of(effect$rows)))))
    object$ladder <- numbers(rows_of(json$ladder))
    object$steps <- numbers(rows_of(json$steps))
    object$standardized <- do.call(bind, lapply(json$standardized, function(one) {
      cbind(method = one$method, weighting = one$weighting, numbers(rows_of(one$contrasts)))
    }))
    object$verdict <- paste(unlist(json$verdict), collapse = " ")
  } else {
    object$measures <- study_measures(json)
  }
  structure(object, class = c(class, "mc_result"))
}

mc_table <- function(x, name) numbers(rows_of(x$json[[name]]))

# A list of objects as a data frame; objects inside become columns such as at.arm, lists are left out.
rows_of <- function(items) {
  flat <- lapply(items, function(item) {
    row <- list()
    for (name in names(item)) {
      value <- item[[name]]
      if (is.null(value)) {
        row[[name]] <- NA
      } else if (!is.list(value)) {
        row[[name]] <- value
      } else if (!is.null(names(value))) {
        for (inner in names(value)) {
          if (!is.list(value[[inner]])) row[[paste(name, inner, sep = ".")]] <- if (is.null(value[[inner]])) NA else value[[inner]]
        }
      }
    }
    row
  })
  names <- unique(unlist(lapply(flat, names)))
  columns <- lapply(names, function(name) {
    unlist(lapply(flat, function(row) if (is.null(row[[name]])) NA else row[[name]]))
  })
  as.data.frame(stats::setNames(columns, names), check.names = FALSE, stringsAsFactors = FALSE)
}

# Tables below one another, whatever columns each has.
bind <- function(...) {
  tables <- list(...)
  names <- unique(unlist(lapply(tables, names)))
  do.call(rbind, lapply(tables, function(table) {
    table[setdiff(names, names(table))] <- NA
    table[names]
  }))
}

numbers <- function(table) {
  for (name in intersect(c("estimate", "se", "statistic", "df", "p", "lower", "upper"), names(table))) {
    table[[name]] <- as.numeric(table[[name]])
  }
  table
}

study_measures <- function(json) {
  rows <- list()
  for (scenario in json$scenarios) {
    for (method in scenario$methods) {
      for (measure in names(method)) {
        value <- method[[measure]]
        if (is.list(value) && identical(sort(names(value)), c("mcse", "value"))) {
          rows[[length(rows) + 1]] <- c(
            scenario$settings, list(method = method$method, estimand = method$estimand, truth = method$truth, measure = measure), value)
        }
      }
    }
  }
  rows_of(rows)
}

coef.mc_fit <- function(object, ...) stats::setNames(object$coefficients$estimate, object$coefficients$term)

vcov.mc_fit <- function(object, ...) {
  terms <- vapply(c(object$json$thresholds, object$json$coefficients), `[[`, "", "term")
  values <- lapply(object$json$covariance, function(row) vapply(row, function(x) if (is.null(x)) NA_real_ else as.numeric(x), 0))
  matrix(unlist(values), nrow = length(terms), byrow = TRUE, dimnames = list(terms, terms))
}

confint.mc_fit <- function(object, parm, level = 0.95, ...) {
  rows <- at_level(object, level)$coefficients
  limits <- as.matrix(rows[c("lower", "upper")])
  tails <- c(1 - level, 1 + level) / 2
  dimnames(limits) <- list(rows$term, paste(format(100 * tails, trim = TRUE, scientific = FALSE, digits = 3), "%"))
  if (missing(parm)) limits else limits[parm, , drop = FALSE]
}

# The same fit with intervals of a level; the program is asked again only where the level is another.
at_level <- function(object, level) {
  place <- which(object$words == "--level")
  if (isTRUE(all.equal(level, if (length(place)) as.numeric(object$words[place + 1]) else 0.95))) {
    return(object)
  }
  words <- if (length(place)) object$words[-c(place, place + 1)] else object$words
  object$coefficients <- numbers(rows_of(again(object, c("--level", sprintf("%.17g", level), "--format", "json"), words)$result$coefficients))
  object
}

# Asks for the same line once more, with further words.
again <- function(object, further, words = object$words) {
  ask(c(words, further), if (!is.null(object$frames)) lapply(object$frames, encode))
}

# What the program writes into a file that an option names, as the lines read by a function.
written <- function(object, option, prefix, ending, read) {
  path <- tempfile("margcond-", fileext = ending)
  on.exit(unlink(path))
  again(object, c(option, paste0(prefix, path)))
  read(path)
}

nobs.mc_result <- function(object, ...) object$json$observations

formula.mc_result <- function(x, ...) stats::as.formula(x$json$formula, env = parent.frame())

logLik.mc_fit <- function(object, ...) {
  if (is.null(object$json$logLik)) {
    stop("A marginal model has no likelihood.", call. = FALSE)
  }
  parameters <- (object$json$aic + 2 * object$json$logLik) / 2
  structure(object$json$logLik, df = round(parameters), nobs = object$json$observations, class = "logLik")
}

tidy.mc_fit <- function(x, conf.int = FALSE, conf.level = 0.95, exponentiate = FALSE, effects = c("fixed", "ran_pars"), ...) {
  rows <- at_level(x, conf.level)$coefficients
  change <- if (exponentiate) exp else identity
  table <- data.frame(
    term = rows$term, estimate = change(rows$estimate), std.error = if (exponentiate) exp(rows$estimate) * rows$se else rows$se,
    statistic = rows$statistic, p.value = rows$p, stringsAsFactors = FALSE)
  if (any(!is.na(rows$df))) table$df <- rows$df
  if (conf.int) {
    table$conf.low <- change(rows$lower)
    table$conf.high <- change(rows$upper)
  }
  random <- x$json$randomEffects
  if (length(random) && "ran_pars" %in% effects) {
    spread <- do.call(rbind, lapply(random, function(part) {
      data.frame(effect = "ran_pars", group = part$group, term = paste0("sd__", unlist(part$terms)), estimate = as.numeric(unlist(part$sd)))
    }))
    if (!is.null(x$json$residualSd)) {
      spread <- rbind(spread, data.frame(effect = "ran_pars", group = "Residual", term = "sd__Observation", estimate = x$json$residualSd))
    }
    table <- if ("fixed" %in% effects) bind(cbind(effect = "fixed", group = NA_character_, table), spread) else spread
  }
  table
}

glance.mc_fit <- function(x, ...) {
  row <- data.frame(nobs = x$json$observations, n.clusters = x$json$clusters)
  for (name in c("logLik", "AIC", "BIC")) {
    value <- x$json[[if (name == "logLik") name else tolower(name)]]
    if (!is.null(value)) row[[name]] <- value
  }
  if (!is.null(x$json$residualSd)) row$sigma <- x$json$residualSd
  for (name in names(x$json$criteria)) {
    value <- x$json$criteria[[name]]
    row[[toupper(name)]] <- if (is.null(value)) NA_real_ else value
  }
  row$converged <- x$converged
  row
}

augment.mc_fit <- function(x, ...) {
  rows <- written(x, "--predictions", "", ".csv", function(path) utils::read.csv(path, check.names = FALSE))
  added <- data.frame(.fitted = rows$mean, .se.fit = rows$mean_se, .resid = rows$residual)
  if (is.null(x$frames)) cbind(rows, added) else cbind(x$frames$data[rows$row, , drop = FALSE], added)
}

tidy.mc_comparison <- function(x, ...) {
  rows <- x$effects
  data.frame(
    term = rows$term, estimand = rows$estimand, method = rows$method, estimate = rows$estimate, std.error = rows$se,
    statistic = rows$statistic, df = rows$df, p.value = rows$p, conf.low = rows$lower, conf.high = rows$upper, stringsAsFactors = FALSE)
}

tidy.mc_study <- function(x, ...) x$measures

plot.mc_result <- function(x, kind = if (inherits(x, "mc_comparison")) "estimands" else "coefficients", file = NULL, ...) {
  svg <- written(x, "--plot", paste0(kind, "="), ".svg", function(path) paste(readLines(path, encoding = "UTF-8"), collapse = "\n"))
  if (!is.null(file)) {
    connection <- file(file, "wb")
    on.exit(close(connection))
    writeBin(charToRaw(paste0(svg, "\n")), connection)
    return(invisible(file))
  }
  structure(list(svg = svg), class = "mc_picture")
}

print.mc_picture <- function(x, ...) {
  path <- tempfile("margcond-", fileext = ".svg")
  writeLines(x$svg, path, useBytes = TRUE)
  if (interactive()) utils::browseURL(path) else cat("<picture: ", path, ">\n", sep = "")
  invisible(x)
}

summary.mc_result <- function(object, ...) structure(list(text = again(object, character())$text), class = "mc_summary")

print.mc_summary <- function(x, ...) {
  cat(x$text)
  invisible(x)
}

heading <- function(x) {
  cat(x$json$command, ": ", x$json$formula, "\n", x$json$observations, " rows in ", x$json$clusters, " clusters", sep = "")
  if (isTRUE(x$json$dropped > 0)) cat(",", x$json$dropped, "left out with missing values")
  cat("\n\n")
}

remarks <- function(x) {
  for (sentence in c(if (length(x$notes)) paste("Note:", x$notes), if (length(x$warnings)) paste("Warning:", x$warnings))) {
    cat("\n", strwrap(sentence), "", sep = "\n")
  }
}

print.mc_fit <- function(x, digits = max(3L, getOption("digits") - 3L), ...) {
  heading(x)
  print(x$coefficients, digits = digits, row.names = FALSE)
  random <- tidy(x, effects = "ran_pars")
  if ("ran_pars" %in% random$effect) {
    cat("\nRandom effects\n")
    print(random[c("group", "term", "estimate")], digits = digits, row.names = FALSE)
  }
  remarks(x)
  invisible(x)
}

print.mc_comparison <- function(x, digits = max(3L, getOption("digits") - 3L), ...) {
  heading(x)
  print(x$effects[intersect(c("term", "estimand", "method", "estimate", "se", "lower", "upper", "p"), names(x$effects))],
    digits = digits, row.names = FALSE)
  if (nzchar(x$verdict)) cat("\n", strwrap(x$verdict), "", sep = "\n")
  remarks(x)
  invisible(x)
}

print.mc_study <- function(x, ...) {
  cat("simulate: ", x$json$study, "\n\n", sep = "")
  print(x$measures, row.names = FALSE)
  remarks(x)
  invisible(x)
}
