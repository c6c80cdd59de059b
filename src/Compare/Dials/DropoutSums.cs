using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Dials;

/// <summary>
/// What two arms come to when every person is counted at every visit, and what was not seen after dropout is δ·k away, on the link scale,
/// from what the model expects of it given what was seen.
/// </summary>
/// <remarks>
/// By the model M(a) = av E_b g⁻¹(η(a) + b + δ_a k); whatever the model μ(a) = M(a) and the mean of ỹ − m over those given the arm, where
/// ỹ = y if seen, else its posterior mean E[g⁻¹(η + b + δ_a k) | y seen]. No outcome is drawn. The sums are the number of cells and, for
/// each arm, Σm, Σ(ỹ − m) and the number of cells of those given it; the estimates M and μ of the control, then of the arm.
/// </remarks>
internal sealed class DropoutSums : ModelFunction
{
    /// <summary>The nodes of a fit with fewer.</summary>
    public const int LeastNodes = 15;

    private const int Own = 3;

    private readonly GlmmFit fit;
    private readonly DropoutCells[] cells;
    private readonly int[] arms;
    private readonly double[] shifts;
    private readonly MarginalMean integral;
    private readonly DesignMatrix? reference;

    /// <summary>Prepares the sums.</summary>
    /// <param name="fit">A fit with one random intercept.</param>
    /// <param name="model">The same as a working model.</param>
    /// <param name="trial">The rows observed.</param>
    /// <param name="cells">The cells under the control and under the arm.</param>
    /// <param name="arm">The arm, from 1; the control is 0.</param>
    /// <param name="shifts">δ of the control and of the arm, link scale, for each visit after dropout.</param>
    /// <param name="reference">The rows under the control, by which those given the arm have their posterior; null for the own.</param>
    public DropoutSums(
        GlmmFit fit,
        WorkingModel model,
        TrialRows trial,
        DropoutCells[] cells,
        int arm,
        double[] shifts,
        DesignMatrix? reference = null)
        : base(model, trial)
    {
        this.reference = reference;
        this.fit = fit;
        this.cells = [.. cells];
        arms = [0, arm];
        this.shifts = [.. shifts];
        integral = MarginalMean.For(fit.Link);
    }

    /// <inheritdoc/>
    public override int Count => 1 + (2 * Own);

    /// <inheritdoc/>
    public override int Estimates => 4;

    private int Width => Model.Parameters.Length;

    /// <inheritdoc/>
    public override void OfEach(ReadOnlySpan<double> changes, Span<double> sums)
    {
        var posteriors = Open();
        var psi = Model.Parameters.ToArray();
        for (var c = 0; c < Clusters.Count; c++)
        {
            CancellationScope.Check();
            Model.Parameters.CopyTo(psi);
            if (!changes.IsEmpty)
            {
                Dense.AddScaled(-1, changes.Slice(c * psi.Length, psi.Length), psi);
            }

            Person(c, psi, posteriors, sums.Slice(c * Count, Count), []);
        }
    }

    /// <inheritdoc/>
    public override void Without(ReadOnlySpan<double> parameters, int leftOut, Span<double> sums)
    {
        var posteriors = Open();
        var own = new double[Count];
        sums.Clear();
        for (var c = 0; c < Clusters.Count; c++)
        {
            CancellationScope.Check();
            if (c != leftOut)
            {
                Person(c, parameters, posteriors, own, []);
                Dense.AddScaled(1, own, sums);
            }
        }
    }

    /// <inheritdoc/>
    public override void Slopes(Span<double> slopes)
    {
        slopes.Clear();
        var posteriors = Open();
        var own = new double[Count];
        for (var c = 0; c < Clusters.Count; c++)
        {
            CancellationScope.Check();
            Person(c, Model.Parameters, posteriors, own, slopes);
        }
    }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> sums, int leftOut, Span<double> estimates)
    {
        for (var s = 0; s < 2; s++)
        {
            var first = 1 + (s * Own);
            estimates[2 * s] = sums[first] / sums[0];
            estimates[(2 * s) + 1] = estimates[2 * s] + (sums[first + 1] / sums[first + 2]);
        }
    }

    /// <inheritdoc/>
    public override void Differentiate(ReadOnlySpan<double> sums, ReadOnlySpan<double> direction, Span<double> estimates)
    {
        for (var s = 0; s < 2; s++)
        {
            var first = 1 + (s * Own);
            estimates[2 * s] = AverageLayout.Ratio(sums, direction, first, 0);
            estimates[(2 * s) + 1] = estimates[2 * s] + AverageLayout.Ratio(sums, direction, first + 1, first + 2);
        }
    }

    /// <summary>The posterior of those given the control, and of those given the arm.</summary>
    private (PersonPosterior Own, PersonPosterior Given) Open()
    {
        var nodes = Math.Max(LeastNodes, fit.Nodes);
        var own = new PersonPosterior(fit, nodes);
        return (own, reference is null ? own : new PersonPosterior(fit, nodes, reference));
    }

    /// <summary>The sums of one person; adds their slopes unless those are not wanted.</summary>
    private void Person(
        int person,
        ReadOnlySpan<double> psi,
        (PersonPosterior Own, PersonPosterior Given) posteriors,
        Span<double> sums,
        Span<double> slopes)
    {
        sums.Clear();
        var posterior = Trial.InverseProbability(Clusters.Start(person), arms[1]) != 0 ? posteriors.Given : posteriors.Own;
        posterior.Find(person, psi);
        var p = cells[0].Columns;
        var sigma = Math.Abs(psi[p]);
        for (var s = 0; s < 2; s++)
        {
            var given = Trial.InverseProbability(Clusters.Start(person), arms[s]) != 0;
            for (var cell = cells[s].Start(person); cell < cells[s].Start(person + 1); cell++)
            {
                var row = cells[s].Row(cell);
                var eta = cells[s].Offset(cell) + (row < 0 ? shifts[s] * cells[s].Visits(cell) : 0);
                for (var j = 0; j < p; j++)
                {
                    eta += cells[s].Design(cell)[j] * psi[j];
                }

                var point = integral.At(eta, sigma);
                var first = 1 + (s * Own);
                sums[0] += s == 0 ? 1 : 0;
                sums[first] += point.Mean;
                AddSlope(slopes, first, cells[s].Design(cell), point, 1);
                if (given)
                {
                    sums[first + 1] += (row >= 0 ? fit.Frame.Response[row] : Expected(posterior, eta, psi[p])) - point.Mean;
                    sums[first + 2]++;
                    AddSlope(slopes, first + 1, cells[s].Design(cell), point, -1);
                    if (row < 0 && !slopes.IsEmpty)
                    {
                        var own = slopes.Slice((first + 1) * Width, Width);
                        AddPosteriorSlope(posterior, eta, psi[p], cells[s].Design(cell), own);
                    }
                }
            }
        }
    }

    /// <summary>E[g⁻¹(η + σz) | y].</summary>
    private double Expected(PersonPosterior posterior, double eta, double sigma)
    {
        var sum = 0.0;
        for (var q = 0; q < posterior.Nodes.Length; q++)
        {
            sum += posterior.Probabilities[q] * fit.Link.Mean(eta + (sigma * posterior.Nodes[q]));
        }

        return sum;
    }

    private void AddSlope(Span<double> slopes, int sum, ReadOnlySpan<double> x, MarginalPoint point, double sign)
    {
        if (slopes.IsEmpty)
        {
            return;
        }

        var own = slopes.Slice(sum * Width, Width);
        Dense.AddScaled(sign * point.MeanSlope, x, own[..x.Length]);
        own[x.Length] += sign * point.MeanSpreadSlope;
    }

    /// <summary>E[∂g⁻¹ | y] + Cov(g⁻¹, score | y).</summary>
    private void AddPosteriorSlope(PersonPosterior posterior, double eta, double sigma, ReadOnlySpan<double> x, Span<double> slope)
    {
        var expected = Expected(posterior, eta, sigma);
        for (var q = 0; q < posterior.Nodes.Length; q++)
        {
            var (z, probability) = (posterior.Nodes[q], posterior.Probabilities[q]);
            var derivative = probability * fit.Link.Derivative(eta + (sigma * z));
            Dense.AddScaled(derivative, x, slope[..x.Length]);
            slope[x.Length] += derivative * z;
            Dense.AddScaled(probability * (fit.Link.Mean(eta + (sigma * z)) - expected), posterior.Score(q), slope);
        }
    }
}
