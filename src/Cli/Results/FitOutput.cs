using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Means;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Results;

/// <summary>Prints a fit in the format asked for and says how it ended.</summary>
internal static partial class FitOutput
{
    /// <summary>Writes the fit to the context and returns the exit code that its convergence calls for.</summary>
    public static int Write(FitSummary fit, CommandContext context)
    {
        var ratio = context.Output.Exponentiate ? RatioHeading(fit) : null;
        List<string> warnings = [.. Warnings(fit), .. fit.Keeping?.Warnings(fit.Coefficients) ?? []];
        fit.Keeping?.Write(members => Json(fit, warnings, ratios: false, members));
        ResultWriter.Write(
            context,
            () => Json(fit, warnings, ratio is not null),
            () => FitCsv.Write(
                [.. AllCoefficients(fit), .. fit.Contrasts],
                [.. fit.Thresholds, .. fit.CsvRows, .. MeansCsv.Rows(fit.Means)],
                context.Output.BroomNames,
                ratio is not null),
            () => Table(fit, ratio, context),
            fit.Frame.Notes.Concat(fit.Notes).Concat(PredictionNotes(fit)),
            warnings,
            fit.Data is null ? null : PublicationOf(fit, fit.Data));
        return ExitCodeOf(fit.Convergence);
    }

    /// <summary>0 for a result that may be used, else 3.</summary>
    public static int ExitCodeOf(Convergence convergence) => convergence.Converged ? ExitCode.Success : ExitCode.NotConverged;

    /// <summary>The status as JSON spells it: <c>iteration-limit</c>.</summary>
    public static string StatusName(ConvergenceStatus status) => status switch
    {
        ConvergenceStatus.Converged => "converged",
        ConvergenceStatus.Boundary => "boundary",
        ConvergenceStatus.IterationLimit => "iteration-limit",
        ConvergenceStatus.StepFailure => "step-failure",
        ConvergenceStatus.Separation => "separation",
        ConvergenceStatus.NotPositiveDefinite => "not-positive-definite",
        _ => "not-finite",
    };

    /// <summary>The members of JSON that say what was fitted on what: command to clusterSizes.</summary>
    public static void Envelope(JsonResult json, string command, string formula, string family, string link, ModelFrame frame)
    {
        json.Text("command", command);
        json.Text("formula", formula);
        json.Text("family", family);
        json.Text("link", link);
        json.Integer("observations", frame.Rows);
        json.Integer("dropped", frame.Dropped);
        json.Integer("clusters", frame.Clusters.Count);
        json.Object("clusterSizes", () =>
        {
            json.Integer("min", frame.Clusters.MinimumSize);
            json.Number("median", MedianSize(frame.Clusters));
            json.Integer("max", frame.Clusters.MaximumSize);
        });
        if (frame.Labels.Variables.Count > 0)
        {
            json.Object("labels", () =>
            {
                foreach (var (variable, label) in frame.Labels.Variables)
                {
                    json.Text(variable, label);
                }
            });
        }
    }

    /// <summary>
    /// An array of coefficients; with <paramref name="ratios"/> each carries its exponentiated estimate and interval too, and with
    /// <paramref name="labels"/> its name in their words.
    /// </summary>
    public static void Coefficients(
        JsonResult json, string name, IEnumerable<Coefficient> rows, bool ratios = false, VariableLabels? labels = null) =>
        json.Objects(name, rows, row =>
        {
            json.Text("term", row.Term);
            if (labels?.Of(row.Term) is { } label)
            {
                json.Text("label", label);
            }

            Inference(json, row);
            if (ratios)
            {
                json.Object("ratio", () =>
                {
                    json.Number("estimate", Math.Exp(row.Estimate));
                    json.Number("lower", Math.Exp(row.Lower));
                    json.Number("upper", Math.Exp(row.Upper));
                });
            }
        });

    /// <summary>The members estimate to upper of one coefficient or contrast.</summary>
    public static void Inference(JsonResult json, Coefficient row)
    {
        json.Number("estimate", row.Estimate);
        json.Number("se", row.StandardError);
        json.Number("statistic", row.Statistic);
        json.Number("df", row.DegreesOfFreedom);
        json.Number("p", row.PValue);
        json.Number("lower", row.Lower);
        json.Number("upper", row.Upper);
        if (row.MissingInformation is { } fraction)
        {
            json.Number("fmi", fraction);
        }
    }

    /// <summary>The member <c>convergence</c>.</summary>
    public static void Convergence(JsonResult json, Convergence convergence) =>
        json.Object("convergence", () =>
        {
            json.Boolean("converged", convergence.Converged);
            json.Integer("iterations", convergence.Iterations);
            json.Number("criterion", convergence.Criterion);
            json.Text("status", StatusName(convergence.Status));
            if (convergence.Message.Length > 0)
            {
                json.Text("message", convergence.Message);
            }
        });

    private static string Json(FitSummary fit, IReadOnlyList<string> warnings, bool ratios, Action<JsonResult>? further = null)
    {
        using var json = new JsonResult();
        Envelope(json, fit.Command, fit.Formula, fit.Family, fit.Link, fit.Frame);
        if (fit.Thresholds.Count > 0)
        {
            Coefficients(json, "thresholds", fit.Thresholds);
        }

        Coefficients(json, "coefficients", fit.Coefficients, ratios, fit.Frame.Labels);
        if (fit.Contrasts.Count > 0)
        {
            Coefficients(json, "contrasts", fit.Contrasts, ratios);
        }

        if (fit.Frame.Design.Aliased.Count > 0)
        {
            json.Texts("notEstimable", fit.Frame.Design.Aliased.Select(column => column.Name));
        }

        if (!fit.Covariance.IsEmpty)
        {
            json.Matrix("covariance", fit.Covariance.Span, fit.Thresholds.Count + fit.Coefficients.Count);
        }

        fit.JsonMembers?.Invoke(json);
        MeansJson.Write(json, fit.Means, MeansTable.RatioName(fit.Means, fit.Family, fit.Link, ratios) is not null);
        fit.Predictions?.Write(json);
        further?.Invoke(json);
        Convergence(json, fit.Convergence);
        json.Texts("notes", fit.Frame.Notes.Concat(fit.Notes).Concat(PredictionNotes(fit)));
        return json.Complete(warnings);
    }

    private static void Table(FitSummary fit, string? ratio, CommandContext context)
    {
        var console = context.Console;
        console.WriteLine(DataLine(fit.Source, fit.Frame));
        console.WriteLine($"{fit.Formula} \u00B7 {fit.Family}, {fit.Link}");
        WriteLabels(console, fit.Frame);
        console.Write(new Text(fit.Title + "\n", new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        if (!fit.Convergence.Converged && fit.Thresholds.Concat(fit.Coefficients).All(row => double.IsNaN(row.Estimate)))
        {
            console.WriteLine("No estimates.");
            return;
        }

        var coefficients = AllCoefficients(fit);
        if (coefficients.Count > 0)
        {
            CoefficientView.Write(console, coefficients, context.Output.Level, ratio);
        }

        if (fit.Thresholds.Count > 0)
        {
            if (coefficients.Count > 0)
            {
                console.WriteLine();
            }

            ThresholdView.Write(console, fit.Thresholds, context.Output.Level);
        }

        if (fit.Contrasts.Count > 0)
        {
            console.WriteLine();
            CoefficientView.Write(console, fit.Contrasts, context.Output.Level, ratio, "Contrast");
        }

        fit.Details?.Invoke(console);
        MeansTable.Write(console, fit.Means, MeansTable.RatioName(fit.Means, fit.Family, fit.Link, ratio is not null));
        fit.Predictions?.Write(console, context.Output.Level);
        if (context.Output.Verbose)
        {
            ToleranceList.Write(console, fit.Tolerances);
        }
    }

    private static IEnumerable<string> PredictionNotes(FitSummary fit) => fit.Predictions is { Missing: > 0 and var missing }
        ? [$"{Figures.Counted(missing, "new row")} without a prediction: a predictor is missing, or nothing like the row was seen."]
        : [];

    private static Publication PublicationOf(FitSummary fit, DataArguments data) => new()
    {
        Title = fit.Title,
        Answer = $"{fit.Formula} \u00B7 {fit.Family}, {fit.Link}. {DataLine(fit.Source, fit.Frame)}.",
        Data = data,
        DataFacts = DataFacts(fit.Frame),
        Pictures = fit.Pictures,
    };

    /// <summary>The coefficients with those that were left out in their places, without numbers.</summary>
    private static IReadOnlyList<Coefficient> AllCoefficients(FitSummary fit)
    {
        var rows = fit.Coefficients.ToList();
        foreach (var column in fit.Frame.Design.Aliased)
        {
            // Where thresholds take the place of the intercept, columns stand one place before theirs in the formula.
            var place = fit.Thresholds.Count > 0 ? column.Position - 1 : column.Position;
            rows.Insert(Math.Min(place, rows.Count), Coefficient.NotEstimable(column.Name));
        }

        return rows;
    }

    private static List<string> Warnings(FitSummary fit)
    {
        var warnings = fit.Warnings.ToList();
        var convergence = fit.Convergence;
        if (convergence.Message.Length > 0 && !warnings.Contains(convergence.Message, StringComparer.Ordinal))
        {
            warnings.Insert(0, convergence.Message);
        }
        else if (!convergence.Converged && convergence.Message.Length == 0)
        {
            warnings.Insert(0, $"The fit did not converge ({StatusName(convergence.Status)} after "
                + $"{Figures.Counted(convergence.Iterations, "iteration")}): do not use its numbers.");
        }

        return warnings;
    }

    private static string RatioHeading(FitSummary fit) =>
        CoefficientView.RatioName(fit.Family, fit.Link)
        ?? throw new InputException(
            $"--exponentiate has no meaning with the {fit.Link} link: its coefficients are not logarithms of ratios.")
        {
            Hint = "Leave it out, or use a logit, log or cloglog link.",
        };
}
