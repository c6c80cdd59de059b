using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Association;
using MarginalConditional.Statistics.Families;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands;

/// <summary>Fits and shows alternating logistic regressions: <c>gee --association</c>.</summary>
internal static class AssociationReport
{
    private const string Response = "association";

    /// <summary>Fits, writes in the format asked for, and returns the exit code.</summary>
    public static int Write(ModelFrame frame, string model, GeeOptions options, FitArguments arguments, CommandContext context)
    {
        Require(frame, options);
        var pairs = model == "exchangeable" ? PairDesign.Exchangeable(frame) : Design(frame, model);
        var fit = AlternatingLogistic.Fit(frame, pairs, new AssociationOptions { Link = options.EffectiveLink, Level = options.Level });
        return FitOutput.Write(
            new FitSummary
            {
                Command = "gee",
                Title = "Marginal (population-averaged) model: alternating logistic regressions, robust standard errors",
                Source = arguments.Data.Path,
                Formula = arguments.Request.Formula.ToString(),
                Family = options.Family.Name,
                Link = options.EffectiveLink.Name,
                Frame = frame,
                Coefficients = fit.CoefficientTable(),
                Covariance = fit.Covariance.ToArray(),
                Convergence = fit.Convergence,
                JsonMembers = json => FitOutput.Coefficients(json, "association", fit.LogOddsRatioTable()),
                Details = console =>
                {
                    console.WriteLine();
                    console.WriteLine("Log odds ratio of two outcomes of a cluster");
                    CoefficientView.Write(console, fit.LogOddsRatioTable(), options.Level);
                },
            },
            context);
    }

    private static void Require(ModelFrame frame, GeeOptions options)
    {
        if (options.Family != Family.Binomial || !frame.Trials.IsEmpty || !frame.Weights.IsEmpty || frame.Response.IndexOfAnyExcept(0.0, 1.0) >= 0)
        {
            throw new InputException("--association needs a binary outcome of 0 and 1 (family binomial), without weights and trials.");
        }

        if (frame.Clusters.MaximumSize < 2)
        {
            throw new InputException("--association needs clusters with two rows or more, and every cluster has one.");
        }
    }

    // A formula on pairs is read like any other, on a table with one row a pair.
    private static PairDesign Design(ModelFrame frame, string model)
    {
        var text = model.TrimStart();
        var formula = FormulaParser.Parse($"{Response} {(text.StartsWith('~') ? text : "~ " + text)}");
        var (lags, labels, order) = (new List<double>(), new List<string>(), new List<double>());
        PairDesign.ForEach(frame, (j, k) =>
        {
            lags.Add(Math.Abs(frame.Waves[k] - frame.Waves[j]));
            labels.Add($"{Label(frame, j)}-{Label(frame, k)}");
            order.Add(order.Count);
        });
        string[] levels = [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        int[] codes = [.. labels.Select(label => Array.BinarySearch(levels, label, StringComparer.Ordinal))];
        var table = new Dataset("the pairs of rows", [new NumericColumn(Response, [.. order]), new NumericColumn("lag", [.. lags]), new FactorColumn("pair", codes, levels)]);
        var design = ModelFrameBuilder.Build(table, new FrameRequest { Formula = formula, Numerics = formula.Variables.Contains("lag", StringComparer.Ordinal) ? ["lag"] : [] });
        var rowOf = new int[order.Count];
        for (var row = 0; row < rowOf.Length; row++)
        {
            rowOf[design.RowOrder[row]] = row;
        }

        var pair = 0;
        return PairDesign.Create(frame, design.Design.Names, (_, _, covariates) =>
        {
            for (var column = 0; column < covariates.Length; column++)
            {
                covariates[column] = design.Design.Column(column)[rowOf[pair]];
            }

            pair++;
        });
    }

    private static string Label(ModelFrame frame, int row) =>
        frame.Waves[row] < frame.WaveLabels.Count ? frame.WaveLabels[frame.Waves[row]] : FormattableString.Invariant($"{frame.Waves[row] + 1}");
}
