namespace MarginalConditional.Gee.Dropout;

/// <summary>What is weighted by the inverse of its probability: each row, or each cluster as a whole.</summary>
public abstract class DropoutWeighting
{
    private DropoutWeighting(string name, bool allowsCorrelation) => (Name, AllowsCorrelation) = (name, allowsCorrelation);

    /// <summary>
    /// A row at wave t weighs 1/(λ_1 ⋯ λ_{t−1}), the inverse probability of
    /// being seen then (Robins, Rotnitzky and Zhao 1995). Named <c>row</c>.
    /// </summary>
    /// <remarks>
    /// Uses all that was seen, and needs working independence: under another
    /// correlation a row's share in the equations depends on which rows were seen.
    /// </remarks>
    public static DropoutWeighting Row { get; } = new RowWeighting();

    /// <summary>
    /// All rows of a cluster that leaves after wave d weigh 1/(λ_1 ⋯ λ_{d−1}(1 − λ_d)), of one that stays 1/(λ_1 ⋯
    /// λ_{T−1}): the inverse probability of its pattern (Fitzmaurice, Molenberghs and Lipsitz 1995). Named <c>cluster</c>.
    /// </summary>
    /// <remarks>Valid under any working correlation, with weights that vary more.</remarks>
    public static DropoutWeighting Cluster { get; } = new ClusterWeighting();

    /// <summary>Both, the usual one first.</summary>
    public static IReadOnlyList<DropoutWeighting> All { get; } = [Row, Cluster];

    /// <summary>The name as the program spells it.</summary>
    public string Name { get; }

    /// <summary>Whether the equations are unbiased under working correlations other than independence.</summary>
    public bool AllowsCorrelation { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The weights of a cluster's rows.</summary>
    /// <param name="staying">λ of each row, the probability to be seen at the
    /// next wave; 0 where the model of staying lacks a covariate.</param>
    /// <param name="leaves">Whether a wave could have followed the last row.</param>
    /// <param name="weights">Receives the weights; 0 where they are not known.</param>
    internal abstract void Fill(ReadOnlySpan<double> staying, bool leaves, Span<double> weights);

    private static double Inverse(double probability) => probability > 0 ? 1 / probability : 0;

    private sealed class RowWeighting() : DropoutWeighting("row", allowsCorrelation: false)
    {
        internal override void Fill(ReadOnlySpan<double> staying, bool leaves, Span<double> weights)
        {
            var seen = 1.0;
            for (var row = 0; row < weights.Length; row++)
            {
                weights[row] = Inverse(seen);
                seen *= staying[row];
            }
        }
    }

    private sealed class ClusterWeighting() : DropoutWeighting("cluster", allowsCorrelation: true)
    {
        internal override void Fill(ReadOnlySpan<double> staying, bool leaves, Span<double> weights)
        {
            var pattern = 1.0;
            foreach (var probability in staying[..^1])
            {
                pattern *= probability;
            }

            if (leaves)
            {
                pattern *= staying[^1] > 0 ? 1 - staying[^1] : 0;
            }

            weights.Fill(Inverse(pattern));
        }
    }
}
