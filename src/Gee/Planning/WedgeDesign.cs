namespace MarginalConditional.Gee.Planning;

/// <summary>When the clusters of a trial are treated: sequences over periods, each followed by the same number of clusters.</summary>
public sealed class WedgeDesign
{
    private readonly bool[][] sequences;

    private WedgeDesign(bool[][] sequences) => this.sequences = sequences;

    /// <summary>The number of sequences.</summary>
    public int Sequences => sequences.Length;

    /// <summary>The number of periods.</summary>
    public int Periods => sequences[0].Length;

    /// <summary>The standard stepped wedge: one period without treatment, then one sequence after the other crosses over.</summary>
    /// <param name="steps">The number of sequences, 2 or more; there is one period more.</param>
    public static WedgeDesign Stepped(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        return new WedgeDesign(
        [
            .. Enumerable.Range(0, steps).Select(step => Enumerable.Range(0, steps + 1).Select(period => period > step).ToArray()),
        ]);
    }

    /// <summary>Sequences as they are written, 0 for control and 1 for treatment: 0011.</summary>
    /// <param name="sequences">One or more of two periods or more, all of one length; the treatment has to vary.</param>
    /// <exception cref="ArgumentException">The texts are no such sequences.</exception>
    public static WedgeDesign Of(IReadOnlyList<string> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        foreach (var text in sequences)
        {
            if (text.Length < 2 || text.Length != sequences[0].Length || text.Any(digit => digit is not ('0' or '1')))
            {
                throw new ArgumentException(
                    $"\"{text}\" is no sequence of periods: they are written as 0 (control) and 1 (treatment), two or more, all sequences "
                    + "of one length.",
                    nameof(sequences));
            }
        }

        return sequences.Count > 0 && string.Concat(sequences).Distinct().Count() == 2
            ? new WedgeDesign([.. sequences.Select(text => text.Select(digit => digit == '1').ToArray())])
            : throw new ArgumentException("The sequences have to hold periods with treatment and periods without.", nameof(sequences));
    }

    /// <summary>Whether the clusters of a sequence are treated in a period.</summary>
    /// <param name="sequence">From 0.</param>
    /// <param name="period">From 0.</param>
    public bool IsTreated(int sequence, int period) => sequences[sequence][period];
}
