using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>
/// Where the iteration starts: the model without random effects, its coefficients
/// stretched to the conditional scale, and moment estimates of the variances.
/// </summary>
internal sealed class StartingValues
{
    private const double SmallestDeviation = 0.3;
    private const double LargestDeviation = 3;
    private const double SmallestCrossed = 0.1;
    private const double LargestStart = 5;
    private const double StartingDispersion = 0.1;
    private const double ExcessShare = 0.5;

    private StartingValues(double[] parameters, MarginalStart marginal, SeparatedRows? separated)
    {
        Parameters = parameters;
        Marginal = marginal;
        Separated = separated;
    }

    /// <summary>The rows that the fixed effects separate; null when the outcomes overlap.</summary>
    public SeparatedRows? Separated { get; }

    /// <summary>(β, θ, log φ) in scaled units.</summary>
    public double[] Parameters { get; }

    /// <summary>The model without random effects.</summary>
    public MarginalStart Marginal { get; }

    /// <summary>Starting values of a model.</summary>
    public static StartingValues Of(PreparedModel model) => model.Options.Mixture == OutcomeMixture.None ? OfFamily(model) : Mixed(model);

    // Those of the family alone, some dispersion beside it, and a share of the zeros in excess.
    private static StartingValues Mixed(PreparedModel model)
    {
        var options = model.Options with { BetaBinomial = false, ZeroInflation = false };
        var simple = OfFamily(new PreparedModel(
            model.Frame, model.Options.BetaBinomial ? options with { Dispersion = null } : options));
        var parameters = new double[model.Map.ParameterCount];
        var map = model.Map;
        simple.Parameters.AsSpan(0, map.InflationStart).CopyTo(parameters);
        if (map.InflationColumns > 0)
        {
            var zeros = model.Frame.Response.Count(0) / (double)model.Frame.Rows;
            parameters[map.InflationStart + map.InflationIntercept] = Link.Logit.Predictor(ExcessShare * zeros);
        }

        if (model.Density.HasFreeDispersion)
        {
            parameters[^1] = Math.Log(StartingDispersion);
        }

        // What excess zeros may stand for is no separation.
        return new StartingValues(parameters, simple.Marginal, model.Options.ZeroInflation ? null : simple.Separated);
    }

    private static StartingValues OfFamily(PreparedModel model)
    {
        var frame = model.Frame;
        var link = model.Options.EffectiveLink;
        var family = model.Options.Family;
        var mean = SpanMath.Sum(frame.Response) / Math.Max(1, frame.Rows);
        var dispersion = model.FixedDispersion;
        if (model.Density.HasFreeDispersion && family is not Family.NegativeBinomialFamily)
        {
            var sum = 0.0;
            foreach (var y in frame.Response)
            {
                sum += (y - mean) * (y - mean);
            }

            dispersion = sum > 0 ? sum / (Math.Max(1, frame.Rows) * family.Variance(mean)) : 1e-12;
        }

        if (family == Family.Binomial)
        {
            mean = Math.Clamp(mean, 0.01, 0.99);
        }

        var intercept = link == Link.Identity ? mean : link.Predictor(Math.Max(mean, 1e-8));
        var marginal = new MarginalStart(model.Data, model.Density, intercept, dispersion, model.Options.Tolerances, model.Options.Threads);
        var separated = marginal.Overlaps(family, link) ? null : SeparatedRows.Find(
            frame.Design.Values,
            frame.Design.Columns,
            RowSides.Of(family, link, frame.Response, frame.Weights));
        var parameters = new double[model.Map.ParameterCount];
        var crossed = model.Crossed is { } design ? CrossedMoments.Of(design, marginal) : [];
        var variances = crossed.Length > 0 ? crossed : marginal.VarianceMoments();
        var stretch = Stretch(link, crossed.Length > 0 ? crossed.Sum() : variances[0]);
        for (var j = 0; j < marginal.Coefficients.Length; j++)
        {
            parameters[j] = stretch * (separated is not null
                ? Math.Clamp(marginal.Coefficients[j], -LargestStart, LargestStart)
                : marginal.Coefficients[j]);
        }

        var start = marginal.Coefficients.Length;
        for (var e = 0; crossed.Length > 0 && e < model.Crossed!.EntryRows.Length; e++)
        {
            var (row, column) = (model.Crossed.EntryRows[e], model.Crossed.EntryColumns[e]);
            parameters[start + e] = row == column
                ? Math.Clamp(stretch * Math.Sqrt(crossed[row]), SmallestCrossed, LargestDeviation)
                : 0;
        }

        foreach (var level in crossed.Length > 0 ? [] : model.Levels)
        {
            var factor = level.Factor;
            var isFinest = level == model.Levels[^1];
            for (var e = 0; e < factor.ParameterCount; e++, start++)
            {
                if (factor.Rows[e] == factor.Columns[e])
                {
                    // The moments are those of the finest clusters, to whose likeness
                    // the groups above them add: every level gets its share.
                    var effect = factor.Rows[e];
                    var variance = isFinest || effect == 0 ? variances[effect] * stretch * stretch / model.Levels.Count : 0;
                    parameters[start] = variance > 0
                        ? Math.Clamp(Math.Sqrt(variance), SmallestDeviation, LargestDeviation)
                        : SmallestDeviation;
                }
            }
        }

        if (model.Density.HasFreeDispersion)
        {
            parameters[^1] = Math.Log(0.7 * dispersion);
        }

        marginal.Release();
        return new StartingValues(parameters, marginal, separated);
    }

    // How much longer conditional coefficients are than marginal ones; moments of σ² suffer the same attenuation.
    private static double Stretch(Link link, double marginalVariance)
    {
        var attenuation = link == Link.Logit ? LogitAttenuation.Scale * LogitAttenuation.Scale : link == Link.Probit ? 1 : 0;
        var variance = Math.Clamp(marginalVariance, 0, attenuation == 0 ? 9 : 0.85 / attenuation);
        return Math.Sqrt(1 / (1 - (attenuation * variance)));
    }
}
