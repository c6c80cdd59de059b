using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>Whether the likelihood of a random intercept rises for ever as its variance grows, by what it tends to at infinity.</summary>
/// <remarks>
/// Let β = σδ and σ grow: given the standardized effect z a cluster whose outcomes are all events has probability 1 or 0, as z lies above
/// −min xᵀδ or below, so its likelihood tends to Φ(min xᵀδ), and that of a cluster without events to Φ(−max xᵀδ). A cluster with both kinds
/// tends to 0 unless xᵀδ tells them apart, and is not looked at. The limit is concave in δ; each of its values is a lower bound of the
/// supremum. No finite maximum exists when it reaches the likelihood at the best finite parameters, evaluated by a trapezoid fine enough
/// for their σ, not by the nodes of the fit.
/// </remarks>
internal static class UnboundedVariance
{
    private const double Reach = 8.5;
    private const double LargestStep = 0.02;
    private const double StepsPerUnit = 4;
    private const int MostPoints = 20_000;
    private const int MostIterations = 50;
    private const int MostHalvings = 20;
    private const double Ridge = 1e-9;

    /// <summary>The supremum, reached at infinity; null when the maximum is finite.</summary>
    /// <param name="model">The model.</param>
    /// <param name="scaled">The best finite parameters, in scaled units.</param>
    public static double? Supremum(PreparedModel model, double[] scaled)
    {
        var frame = model.Frame;
        if (model.Options.Family != Family.Binomial || model.Levels is not [{ Terms: [{ IsIntercept: true } term] }])
        {
            return null;
        }

        var members = new List<int>[term.GroupCount];
        for (var row = 0; row < frame.Rows; row++)
        {
            if (frame.WeightTimesTrials(row) > 0)
            {
                (members[term.Groups[row]] ??= []).Add(row);
            }
        }

        var clusters = members.Where(rows => rows is not null).ToArray();
        if (clusters.Any(rows => frame.Response[rows[0]] is not (0 or 1) || !rows.TrueForAll(row => SameAs(row, rows[0])))
            || clusters.All(rows => rows.Count == 1 && frame.WeightTimesTrials(rows[0]) <= 1))
        {
            return null;
        }

        var reported = model.Map.ToReported(scaled, out _);
        var limit = Limit(model, clusters);
        return limit >= Finite(model, clusters, reported) - model.Options.Tolerances.Nodes ? limit : null;

        bool SameAs(int row, int other) => frame.Response[row] == frame.Response[other];
    }

    /// <summary>max Σ log Φ(min sxᵀδ) over δ.</summary>
    private static double Limit(PreparedModel model, List<int>[] clusters)
    {
        var p = model.Frame.Design.Columns;
        var (delta, trial) = (new double[p], new double[p]);
        var (gradient, information) = (new double[p], new double[p * p]);
        var value = Evaluate(model, clusters, delta, gradient, information);
        for (var iteration = 0; iteration < MostIterations; iteration++)
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
                var next = Evaluate(model, clusters, trial, gradient, information);
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

    private static double Evaluate(PreparedModel model, List<int>[] clusters, double[] delta, double[] gradient, double[] information)
    {
        var design = model.Frame.Design;
        gradient.AsSpan().Clear();
        information.AsSpan().Clear();
        var x = new double[delta.Length];
        var value = 0.0;
        foreach (var rows in clusters)
        {
            var sign = model.Frame.Response[rows[0]] == 1 ? 1 : -1;
            var least = double.PositiveInfinity;
            var nearest = rows[0];
            foreach (var row in rows)
            {
                var side = 0.0;
                for (var j = 0; j < delta.Length; j++)
                {
                    side += sign * design.Column(j)[row] * delta[j];
                }

                (least, nearest) = side < least ? (side, row) : (least, nearest);
            }

            for (var j = 0; j < x.Length; j++)
            {
                x[j] = sign * design.Column(j)[nearest];
            }

            var probability = Math.Max(StandardNormal.Cumulative(least), double.Epsilon);
            var hazard = StandardNormal.Density(least) / probability;
            value += Math.Log(probability);
            Dense.AddScaled(hazard, x, gradient);
            Dense.RankOneUpdateLower(hazard * (hazard + least), x, information);
        }

        return value;
    }

    /// <summary>The log-likelihood at finite parameters, by a trapezoid over the standardized effect.</summary>
    private static double Finite(PreparedModel model, List<int>[] clusters, double[] reported)
    {
        var (frame, link) = (model.Frame, model.Options.EffectiveLink);
        var p = frame.Design.Columns;
        var sigma = Math.Abs(reported[p]);
        var step = Math.Max(Math.Min(LargestStep, 1 / (StepsPerUnit * sigma)), 2 * Reach / MostPoints);
        var predictor = new double[frame.Rows];
        for (var row = 0; row < predictor.Length; row++)
        {
            predictor[row] = frame.Offset.IsEmpty ? 0 : frame.Offset[row];
            for (var j = 0; j < p; j++)
            {
                predictor[row] += reported[j] * frame.Design.Column(j)[row];
            }
        }

        var total = 0.0;
        foreach (var rows in clusters)
        {
            var sum = 0.0;
            for (var z = -Reach; z <= Reach; z += step)
            {
                var product = StandardNormal.Density(z);
                foreach (var row in rows)
                {
                    var mean = link.Mean(predictor[row] + (sigma * z));
                    product *= Math.Pow(frame.Response[row] == 1 ? mean : 1 - mean, frame.WeightTimesTrials(row));
                    if (product == 0)
                    {
                        break;
                    }
                }

                sum += product;
            }

            total += Math.Log(sum * step);
        }

        return total;
    }
}
