using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data;
using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>
/// The ordered outcomes of the rows of a fit given what all thresholds share: P(Y ≤ k) = F(θ_k − wγ_k − η), w the columns that have a
/// coefficient a threshold. Immutable.
/// </summary>
internal sealed class RowOutcomes
{
    private readonly int[] nominal;
    private readonly double[] gamma;

    /// <summary>Describes the outcomes.</summary>
    /// <param name="shared">F and θ.</param>
    /// <param name="nominal">The columns of the design with a coefficient a threshold.</param>
    /// <param name="gamma">Their coefficients, column by column, J values each.</param>
    public RowOutcomes(OrdinalOutcome shared, ReadOnlySpan<int> nominal, ReadOnlySpan<double> gamma)
    {
        Shared = shared;
        this.nominal = nominal.ToArray();
        this.gamma = gamma.ToArray();
    }

    /// <summary>The outcome of a row whose nominal columns are 0.</summary>
    public OrdinalOutcome Shared { get; }

    /// <summary>Whether some column has a coefficient a threshold.</summary>
    public bool HasNominal => nominal.Length > 0;

    /// <summary>Whether a column has a coefficient a threshold.</summary>
    public bool IsNominal(int column) => nominal.Contains(column);

    /// <summary>The outcome of every row, rows that are alike sharing one; null where some row has thresholds that cross.</summary>
    /// <param name="design">The rows.</param>
    public OrdinalOutcome[]? Of(DesignMatrix design)
    {
        var rows = new OrdinalOutcome[design.Rows];
        if (!HasNominal)
        {
            Array.Fill(rows, Shared);
            return rows;
        }

        var known = new Dictionary<string, OrdinalOutcome>(StringComparer.Ordinal);
        var thresholds = new double[Shared.Thresholds.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            Shared.Thresholds.CopyTo(thresholds);
            for (var c = 0; c < nominal.Length; c++)
            {
                var value = design.Column(nominal[c])[row];
                for (var k = 0; k < thresholds.Length; k++)
                {
                    thresholds[k] -= value * gamma[(c * thresholds.Length) + k];
                }
            }

            if (!Ascend(thresholds))
            {
                return null;
            }

            var kind = string.Join(' ', thresholds.Select(BitConverter.DoubleToInt64Bits));
            if (!known.TryGetValue(kind, out rows[row]!))
            {
                rows[row] = new OrdinalOutcome(Shared.Link, thresholds);
                known.Add(kind, rows[row]);
            }
        }

        return rows;
    }

    /// <summary>The same of rows that have to have one.</summary>
    /// <param name="design">The rows.</param>
    /// <exception cref="InputException">Thresholds cross.</exception>
    public OrdinalOutcome[] Require(DesignMatrix design) => Of(design)
        ?? throw new InputException("In some row of the data a category has a negative probability, and no trial is like the fit.")
        {
            Hint = "Keep a fit in which fewer terms have a coefficient a threshold (--nominal).",
        };

    private static bool Ascend(double[] thresholds)
    {
        for (var k = 1; k < thresholds.Length; k++)
        {
            if (!(thresholds[k] > thresholds[k - 1]))
            {
                return false;
            }
        }

        return true;
    }
}
