using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>Whether the likelihood rises for ever as variances of random effects grow, by what it tends to at infinity.</summary>
/// <remarks>
/// Only outcomes whose likelihood tends to 1 at an infinite predictor, which are on a <em>side</em>, survive an effect that grows: that of
/// any other outcome falls like 1/σ, and with it that of its group. So a variance may grow where the rows that it moves are 0 or 1, or
/// counts of 0; under other families it never does.
/// <para>
/// Let β = σδ and σ grow. Under one effect z with loadings w the rows of a group agree with their outcomes when z lies between
/// max −xᵀδ/w and min −xᵀδ/w over the rows that bound it below and above, so its likelihood tends to Φ(hi) − Φ(lo), whose logarithm is
/// concave in δ: a cluster whose outcomes are all events has 1 − Φ(lo). With several effects the limit is taken along the ray through the
/// best finite parameters, and for each effect alone, with β that grows or stays. Each value of the limit is a lower bound of the supremum.
/// No finite maximum exists when it reaches the likelihood at the best finite parameters, evaluated by sums that are fine enough for
/// their σ, not by the nodes of the fit; where such sums are too long, at parameters nearer by on the ray. Where every group is a
/// single row the likelihood may not depend on σ at all; then it has to be above that of σ = 0 as well. Sums over five effects and more
/// are too long: there the limit is not known, and the fit is what the climb says it is.
/// </para>
/// </remarks>
internal static class UnboundedVariance
{
    private const int MostIterations = 50;
    private const int MostHalvings = 20;
    private const double Ridge = 1e-9;
    private const double MostWork = 5e6;
    private const double MostLimitWork = 1e8;
    private const int MostEffects = 4;
    private const double Nearest = 1e-3;

    /// <summary>
    /// The supremum, reached at infinity, or NaN when several effects or fixed coefficients take part, so that it is not known; null when
    /// the maximum is finite.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="scaled">The best finite parameters, in scaled units.</param>
    /// <param name="marginal">The coefficients without random effects, in scaled units.</param>
    public static double? Supremum(PreparedModel model, double[] scaled, double[] marginal) =>
        HoldsBothSides(model) ? null : Search(model, scaled, marginal);

    /// <summary>The same without asking first whether a group forbids it at once.</summary>
    internal static double? Search(PreparedModel model, double[] scaled, double[] marginal)
    {
        // Groups that cross others are not independent, as what follows has them.
        if (model.Crossed is not null || !RowSides.MayBeInfinite(model.Options.Family, model.Options.EffectiveLink))
        {
            return null;
        }

        var (rows, tolerances) = (SidedRows.Of(model, scaled), model.Options.Tolerances);
        if (StandardizedEffects.Of(model, rows, scaled) is not { Count: > 0 and <= MostEffects } effects
            || (effects.Count > 1 && (LargestFactor(model, scaled) <= tolerances.SuspiciouslyLarge
                || effects.LimitWork > MostLimitWork)))
        {
            return null;
        }

        var reported = model.Map.ToReported(scaled, out _);
        var predictor = Predictor(model, reported);
        var moved = WithOffset(model, predictor);
        var (allSided, several) = rows.Look(model.Levels[0].Groups);
        var best = allSided
            ? Enumerable.Range(0, effects.Count).Max(effect => Best(model, effects.Only(effect), reported))
            : double.NegativeInfinity;
        var highest = Math.Max(best, Enumerable.Range(0, effects.Count).Max(effect => effects.Growing(effect, moved, MostWork)));
        highest = allSided && effects.Count > 1 ? Math.Max(highest, effects.Limit(predictor)) : highest;
        if (highest == double.NegativeInfinity
            || highest < Finite(effects, moved) - tolerances.Nodes
            || (!several && highest <= Marginal(model, rows, marginal) + tolerances.Nodes))
        {
            return null;
        }

        return effects.Count == 1 && highest == best ? best : double.NaN;
    }

    /// <summary>
    /// Whether one effect moves equal rows of a group that differ in their outcomes, or a row that is on no side: no value of an effect
    /// that grows suits both, so the likelihood tends to 0, whatever the coefficients.
    /// </summary>
    internal static bool HoldsBothSides(PreparedModel model)
    {
        var (data, options) = (model.Data, model.Options);
        if (model.Crossed is not null || model.Levels.Count > 1 || data.Dimension > 1 || model.Density.CountsTrials)
        {
            return false;
        }

        for (var row = 0; row < data.Rows; row++)
        {
            // Equal rows were added up to one with their mean, which is inside where they differ.
            if (data.RandomDesign[row] != 0
                && RowSides.Of(options.Family, options.EffectiveLink, data.Response[row]) == RowSide.Inside)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The log-likelihood at finite parameters; nearer by on the ray where sums for large effects are too long, which is lower when the
    /// likelihood rises towards the limit, and higher when it falls.
    /// </summary>
    private static double Finite(StandardizedEffects effects, double[] predictor)
    {
        var t = 1.0;
        while (effects.FiniteWork(t) > MostWork && t > Nearest)
        {
            t /= 2;
        }

        return t == 1 ? effects.Finite(predictor) : effects.Times(t).Finite([.. predictor.Select(value => t * value)]);
    }

    private static double LargestFactor(PreparedModel model, double[] scaled)
    {
        var factors = scaled.AsSpan(model.Scaling.Columns, model.Levels.Sum(level => level.Factor.ParameterCount));
        return SpanMath.MaxMagnitude(factors);
    }

    /// <summary>The log-likelihood without random effects.</summary>
    private static double Marginal(PreparedModel model, SidedRows rows, double[] coefficients)
    {
        var all = new double[model.Map.ParameterCount];
        coefficients.AsSpan(0, model.Scaling.Columns).CopyTo(all);
        var predictor = WithOffset(model, Predictor(model, model.Map.ToReported(all, out _)));
        return Enumerable.Range(0, predictor.Length).Sum(row => rows.LogLikelihood(row, predictor[row]));
    }

    private static double[] Predictor(PreparedModel model, ReadOnlySpan<double> coefficients)
    {
        var predictor = new double[model.Frame.Rows];
        for (var j = 0; j < model.Frame.Design.Columns; j++)
        {
            Dense.AddScaled(coefficients[j], model.Frame.Design.Column(j), predictor);
        }

        return predictor;
    }

    private static double[] WithOffset(PreparedModel model, double[] predictor)
    {
        var all = (double[])predictor.Clone();
        if (!model.Frame.Offset.IsEmpty)
        {
            Dense.AddScaled(1, model.Frame.Offset, all);
        }

        return all;
    }

    /// <summary>max Σ log(Φ(hi) − Φ(lo)) over δ, from the ray of the fit and from 0; −∞ where neither is possible.</summary>
    private static double Best(PreparedModel model, StandardizedEffects effect, double[] reported)
    {
        var p = model.Frame.Design.Columns;
        return Math.Max(Climb(model, effect, reported[..p]), Climb(model, effect, new double[p]));
    }

    private static double Climb(PreparedModel model, StandardizedEffects effect, double[] delta)
    {
        var p = delta.Length;
        var starts = effect.Starts(0);
        var trial = new double[p];
        var (gradient, information) = (new double[p], new double[p * p]);
        var value = Evaluate(model, effect, starts, delta, gradient, information);
        for (var iteration = 0; iteration < MostIterations && value > double.NegativeInfinity; iteration++)
        {
            for (var j = 0; j < p; j++)
            {
                information[(j * p) + j] = (information[(j * p) + j] * (1 + Ridge)) + double.Epsilon;
            }

            if (!Cholesky.TryFactor(information, p, out _))
            {
                return value;
            }

            Cholesky.Solve(information, p, gradient);
            var step = (double[])gradient.Clone();
            var moved = false;
            for (var halving = 0; halving < MostHalvings && !moved; halving++)
            {
                delta.CopyTo(trial, 0);
                Dense.AddScaled(Math.ScaleB(1, -halving), step, trial);
                var next = Evaluate(model, effect, starts, trial, gradient, information);
                moved = next > value;
                value = moved ? next : value;
            }

            if (!moved)
            {
                return value;
            }

            trial.CopyTo(delta, 0);
        }

        return value;
    }

    private static double Evaluate(
        PreparedModel model, StandardizedEffects effect, int[] starts, double[] delta, double[] gradient, double[] information)
    {
        gradient.AsSpan().Clear();
        information.AsSpan().Clear();
        var predictor = Predictor(model, delta);
        var (slopes, own) = (new double[delta.Length], new double[delta.Length]);
        var value = 0.0;
        for (var g = 0; g + 1 < starts.Length; g++)
        {
            var (low, high, lowRow, highRow) = effect.Bounds(starts[g], starts[g + 1], predictor, 0);
            var probability = StandardizedEffects.Probability(low, high);
            if (!(probability > 0))
            {
                return double.NegativeInfinity;
            }

            value += Math.Log(probability);
            own.AsSpan().Clear();
            Add(highRow, high, 1);
            Add(lowRow, low, -1);
            Dense.AddScaled(1, own, gradient);
            Dense.RankOneUpdateLower(1, own, information);

            void Add(int row, double bound, int sign)
            {
                if (row < 0)
                {
                    return;
                }

                var density = sign * StandardNormal.Density(bound) / probability;
                for (var j = 0; j < slopes.Length; j++)
                {
                    slopes[j] = -model.Frame.Design.Column(j)[row] / effect.Loadings[0][row];
                }

                Dense.AddScaled(density, slopes, own);
                Dense.RankOneUpdateLower(density * bound, slopes, information);
            }
        }

        return value;
    }
}
