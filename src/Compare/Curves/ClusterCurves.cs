using System.Globalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Curves;

/// <summary>
/// What a mixed model says about single clusters and about all of them, over one covariate: the curves of clusters, the curve of a typical
/// cluster, and the average of the population, which is none of them. Other covariates stand at their means. Immutable.
/// </summary>
/// <param name="Covariate">The covariate's column.</param>
/// <param name="Grouping">The column whose levels have curves of their own; null for none.</param>
/// <param name="Groups">The curves, a group each.</param>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Curves;
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Glmm;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ dose + (1 | site)") });
/// var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial });
/// Console.WriteLine(ClusterCurves.Of(fit)?.Covariate);
/// </code>
/// </example>
public sealed record ClusterCurves(string Covariate, string? Grouping, IReadOnlyList<CurveGroup> Groups)
{
    private const int Steps = 30;
    private const int MostBins = 12;
    private const int MostLevels = 4;
    private const int ClusterCount = 40;

    /// <summary>The curves over the first numeric covariate that has more than two values, by the first factor of few levels.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="grouping">The column that has curves of its own; null for the first factor of up to four levels.</param>
    /// <returns>Null when there is no such covariate, or no formula behind the fit's frame.</returns>
    public static ClusterCurves? Of(GlmmFit fit, string? grouping = null)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Frame.Recipe is not { } recipe || fit.Frame.Offset.Length > 0)
        {
            return null;
        }

        var covariate = recipe.Variables.FirstOrDefault(name =>
            name != grouping && !recipe.IsFactor(name) && recipe.LevelsOf(name).Count > 2);
        if (covariate is null)
        {
            return null;
        }

        grouping ??= recipe.Variables.FirstOrDefault(name => name != covariate && recipe.LevelsOf(name).Count is > 1 and <= MostLevels);
        IReadOnlyList<string> levels = grouping is null ? [string.Empty] : recipe.LevelsOf(grouping);
        var groups = levels.Select(level => GroupOf(fit, recipe, covariate, grouping, level)).OfType<CurveGroup>().ToArray();
        return groups.Length == 0 ? null : new ClusterCurves(covariate, grouping, groups);
    }

    private static CurveGroup? GroupOf(GlmmFit fit, DesignRecipe recipe, string covariate, string? grouping, string level)
    {
        var rows = RowsOf(fit, recipe, covariate, grouping, level);
        if (rows.Count == 0)
        {
            return null;
        }

        var (lowest, highest) = (rows.Min(row => row.Value), rows.Max(row => row.Value));
        var values = new List<double>();
        var (population, typical) = (new List<double>(), new List<double>());
        var effects = EffectSamples.Of(fit, ClusterCount);
        var clusters = effects.Select(_ => new List<double>()).ToArray();
        var mean = MarginalMean.For(fit.Link);
        for (var k = 0; k <= Steps; k++)
        {
            var value = lowest + ((highest - lowest) * k / Steps);
            List<(string, string)> setting = [(covariate, value.ToString("R", CultureInfo.InvariantCulture))];
            if (grouping is not null)
            {
                setting.Add((grouping, level));
            }

            if (recipe.MeanWeights([setting]) is not { } weights)
            {
                return null;
            }

            var predictor = 0.0;
            for (var j = 0; j < weights.Length; j++)
            {
                predictor += weights[j] * fit.Coefficients[j];
            }

            var loadings = EffectSamples.Loadings(fit, weights);
            values.Add(value);
            population.Add(mean.At(predictor, EffectSamples.Spread(fit, loadings)).Mean);
            typical.Add(fit.Link.Mean(predictor));
            for (var c = 0; c < clusters.Length; c++)
            {
                clusters[c].Add(fit.Link.Mean(predictor + EffectSamples.Shift(effects[c], loadings)));
            }
        }

        return new CurveGroup
        {
            Level = level,
            Values = values,
            Population = population,
            Typical = typical,
            Clusters = clusters,
            Data = BinnedMean.Of(rows, MostBins),
        };
    }

    private static List<(double Value, double Outcome, double Count)> RowsOf(
        GlmmFit fit, DesignRecipe recipe, string covariate, string? grouping, string level)
    {
        double[] values = [.. recipe.LevelsOf(covariate).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        var codes = recipe.CodesOf(covariate);
        var groups = grouping is null ? [] : recipe.CodesOf(grouping);
        var own = grouping is null ? 0 : recipe.PositionOf(grouping, level);
        var rows = new List<(double, double, double)>();
        for (var i = 0; i < fit.Frame.Rows; i++)
        {
            if (grouping is null || groups[i] == own)
            {
                rows.Add((values[codes[i]], fit.Frame.Response[i], fit.Frame.WeightTimesTrials(i)));
            }
        }

        return rows;
    }
}
