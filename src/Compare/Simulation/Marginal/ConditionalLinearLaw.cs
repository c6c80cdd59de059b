using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Marginal;

/// <summary>Binary outcomes drawn one after another: the probability of each is linear in those before it.</summary>
/// <remarks>
/// Qaqish (2003), equation 2: λ_i = μ_i + Σ_{j&lt;i} b_ij (y_j − μ_j) with b_i the regression of row i on those before it. The family
/// exists when no history takes a λ out of [0, 1]; the extremes are known row by row, for each y_j enters alone. With one mean and one
/// correlation ρ, b_ij = ρ/{1 + (i − 1)ρ} for the row that follows i others, and a draw costs one step a row.
/// </remarks>
internal sealed class ConditionalLinearLaw : MarginalLaw
{
    /// <summary>Rounding may take a probability that is 0 or 1 this far out.</summary>
    private const double Slack = 1e-12;

    private readonly double[] means;
    private readonly double[] coefficients;
    private readonly bool isShared;

    /// <summary>Of coefficients n×n row-major, or of n that the rows before each share.</summary>
    private ConditionalLinearLaw(double[] means, double[] coefficients, bool isShared)
    {
        this.means = means;
        this.coefficients = coefficients;
        this.isShared = isShared;
    }

    /// <inheritdoc/>
    public override int Size => means.Length;

    /// <summary>Finds the coefficients and whether every history leaves probabilities.</summary>
    /// <remarks>Any two rows may be correlated as they are to be: <see cref="MarginalMethod.Prepare"/> has seen to it.</remarks>
    /// <returns>Null when one does not; the problem says which row.</returns>
    public static ConditionalLinearLaw? Prepare(
        CorrelationStructure structure, IReadOnlyList<OutcomeMargin> margins, ReadOnlySpan<int> periods, out string? problem)
    {
        problem = null;
        var law = Shared(structure, margins);
        if (law is null)
        {
            problem = MarginalRefusal.OfSize(margins.Count) ?? MarginalRefusal.OfMatrix(structure, periods);
            law = problem is null ? Full(structure, margins, periods) : null;
        }

        if (law?.WorstRow() is ( >= 0 and var row, var least, var largest))
        {
            var copy = periods.ToArray();
            problem = MarginalRefusal.OfHistory(
                structure, row, (least, largest), factor => Admits(structure.Scaled(factor), margins, copy));
            return null;
        }

        return law;
    }

    /// <inheritdoc/>
    public override void Draw(RandomStream stream, Span<double> scratch, Span<double> outcomes)
    {
        var n = means.Length;
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            var probability = means[i] + (isShared ? coefficients[i] * sum : Dense.Dot(coefficients.AsSpan(i * n, i), scratch[..i]));
            outcomes[i] = stream.NextBernoulli(probability);
            scratch[i] = outcomes[i] - means[i];
            sum += scratch[i];
        }
    }

    /// <summary>λ_i: the probability of a row, given those before it.</summary>
    internal double Probability(int row, ReadOnlySpan<double> history)
    {
        var probability = means[row];
        for (var j = 0; j < row; j++)
        {
            probability += Coefficient(row, j) * (history[j] - means[j]);
        }

        return probability;
    }

    private double Coefficient(int row, int before) => isShared ? coefficients[row] : coefficients[(row * means.Length) + before];

    /// <summary>The first row whose probability some history takes out of [0, 1], with its extremes; −1 when there is none.</summary>
    private (int Row, double Least, double Largest) WorstRow()
    {
        for (var i = 0; i < means.Length; i++)
        {
            var (least, largest) = (means[i], means[i]);
            for (var j = 0; j < (isShared ? Math.Min(i, 1) : i); j++)
            {
                var times = isShared ? i : 1;
                var (one, zero) = (times * Coefficient(i, j) * (1 - means[j]), -times * Coefficient(i, j) * means[j]);
                least += Math.Min(one, zero);
                largest += Math.Max(one, zero);
            }

            if (least < -Slack || largest > 1 + Slack)
            {
                return (i, least, largest);
            }
        }

        return (-1, 0, 1);
    }

    private static bool Admits(CorrelationStructure structure, IReadOnlyList<OutcomeMargin> margins, int[] periods) =>
        (Shared(structure, margins) ?? Full(structure, margins, periods))?.WorstRow().Row < 0;

    private static ConditionalLinearLaw? Shared(CorrelationStructure structure, IReadOnlyList<OutcomeMargin> margins)
    {
        if (!structure.IsExchangeable || margins.Any(margin => !ReferenceEquals(margin, margins[0])))
        {
            return null;
        }

        var rho = structure.Between(0, 1, 0, 0);
        return new ConditionalLinearLaw(
            [.. margins.Select(margin => margin.Mean)], [.. margins.Select((_, i) => i == 0 ? 0 : rho / (1 + ((i - 1) * rho)))], true);
    }

    // R = L·Lᵀ: row i regressed on those before it is l_i·L₁₁⁻¹, its part of the factor behind which the leading block is solved.
    private static ConditionalLinearLaw? Full(
        CorrelationStructure structure, IReadOnlyList<OutcomeMargin> margins, ReadOnlySpan<int> periods)
    {
        var n = margins.Count;
        if (CorrelationMatrix.Factor(CorrelationMatrix.Fill(structure, periods), n) is not { } factor)
        {
            return null;
        }

        var coefficients = new double[n * n];
        for (var i = 1; i < n; i++)
        {
            var row = coefficients.AsSpan(i * n, i);
            factor.AsSpan(i * n, i).CopyTo(row);
            for (var j = i - 1; j >= 0; j--)
            {
                row[j] /= factor[(j * n) + j];
                Dense.AddScaled(-row[j], factor.AsSpan(j * n, j), row[..j]);
            }

            for (var j = 0; j < i; j++)
            {
                row[j] *= margins[i].Deviation / margins[j].Deviation;
            }
        }

        return new ConditionalLinearLaw([.. margins.Select(margin => margin.Mean)], coefficients, isShared: false);
    }
}
