using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>Whether the likelihood rises for ever as variances of random effects grow, by what it tends to at infinity.</summary>
/// <remarks>
/// Let β = σδ and σ grow. Under one effect z with loadings w the rows of a group agree with their outcomes when z lies between
/// max −xᵀδ/w and min −xᵀδ/w over the rows that bound it below and above, so its likelihood tends to Φ(hi) − Φ(lo), whose logarithm is
/// concave in δ: a cluster whose outcomes are all events has 1 − Φ(lo). Each value of the limit is a lower bound of the supremum. No
/// finite maximum exists when it reaches the likelihood at the best finite parameters, evaluated by sums that are fine enough for their
/// σ, not by the nodes of the fit. With two effects the limit is taken along the ray through these parameters, and for each effect alone.
/// </remarks>
internal static class UnboundedVariance
{
    private const int MostIterations = 50;
    private const int MostHalvings = 20;
    private const double Ridge = 1e-9;
    private const double MostWork = 3e8;

    /// <summary>
    /// The supremum, reached at infinity, or NaN when there are several effects, so that it is not known; null when the maximum is finite.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="scaled">The best finite parameters, in scaled units.</param>
    public static double? Supremum(PreparedModel model, double[] scaled)
    {
        // Groups that cross others are not independent, as what follows has them.
        if (model.Crossed is not null)
        {
            return null;
        }

        var tolerances = model.Options.Tolerances;
        var largest = 0.0;
        var at = model.Scaling.Columns;
        foreach (var entry in scaled.AsSpan(at, model.Levels.Sum(level => level.Factor.ParameterCount)))
        {
            largest = Math.Max(largest, Math.Abs(entry));
        }

        var isFar = largest > tolerances.UnboundedDeviation;
        if (model.Options.Family != Family.Binomial || StandardizedEffects.Of(model, scaled) is not { Count: > 0 } effects)
        {
            return isFar ? double.NaN : null;
        }

        if (!AreAllOnEdges(model) || (effects.Count > 1 && largest <= tolerances.SuspiciouslyLarge))
        {
            return isFar ? double.NaN : null;
        }

        var reported = model.Map.ToReported(scaled, out _);
        var predictor = Predictor(model, reported);
        if (effects.Count == 1)
        {
            var limit = Best(model, effects, reported);
            return limit > double.NegativeInfinity && limit >= effects.Finite(WithOffset(model, predictor)) - tolerances.Nodes
                ? limit
                : null;
        }

        if (isFar || effects.Count > 2 || effects.Work > MostWork)
        {
            return isFar ? double.NaN : null;
        }

        var highest = Math.Max(
            effects.Limit(predictor),
            Enumerable.Range(0, effects.Count).Max(effect => Best(model, effects.Only(effect), reported)));
        return highest > double.NegativeInfinity && highest >= effects.Finite(WithOffset(model, predictor)) - tolerances.Nodes
            ? double.NaN
            : null;
    }

    /// <summary>Whether every outcome is 0 or 1, and some group has two rows or trials.</summary>
    private static bool AreAllOnEdges(PreparedModel model)
    {
        var (frame, several) = (model.Frame, false);
        var groups = model.Levels[0].Groups;
        for (var row = 0; row < frame.Rows; row++)
        {
            var weight = frame.WeightTimesTrials(row);
            if (weight > 0 && frame.Response[row] is not (0 or 1))
            {
                return false;
            }

            several |= weight > 1 || (row > 0 && groups[row] == groups[row - 1]);
        }

        return several;
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
