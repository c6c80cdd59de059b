using System.Globalization;

namespace MarginalConditional.Compare.Simulation.Marginal;

/// <summary>The correlation that two outcomes of one cluster are to have, given no random effect.</summary>
public abstract class CorrelationStructure
{
    private CorrelationStructure(string name, params double[] parameters)
    {
        foreach (var parameter in parameters)
        {
            if (!(Math.Abs(parameter) <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(parameters), parameter, "A correlation lies between −1 and 1.");
            }
        }

        Form = name;
        Name = string.Create(
            CultureInfo.InvariantCulture,
            $"{name}({string.Join(", ", parameters.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))})");
    }

    /// <summary>
    /// As a study file writes it:
    /// <c>exchangeable(0.05)</c>, <c>ar1(0.5)</c>, <c>nested(0.05, 0.02)</c>, <c>unstructured(0.3, 0.2, 0.3)</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>The name without its numbers.</summary>
    public string Form { get; }

    /// <summary>Whether any two rows of a cluster have the same correlation.</summary>
    internal virtual bool IsExchangeable => false;

    /// <summary>The correlation of two different rows of a cluster.</summary>
    /// <param name="first">The place of one within the cluster, from 0.</param>
    /// <param name="second">The place of the other.</param>
    /// <param name="firstPeriod">Its period (or wave).</param>
    /// <param name="secondPeriod">That of the other.</param>
    public abstract double Between(int first, int second, int firstPeriod, int secondPeriod);

    /// <summary>What is wrong with a number of rows a cluster, as a full sentence; null when nothing is.</summary>
    public virtual string? SizeProblem(int size) => null;

    /// <summary>The same structure with every correlation multiplied and rounded to four decimals, for sentences.</summary>
    internal CorrelationStructure Rounded(double factor) => Mapped(value => Math.Round(factor * value, 4));

    /// <summary>The same structure with every correlation multiplied.</summary>
    internal CorrelationStructure Scaled(double factor) => Mapped(value => factor * value);

    /// <summary>The same structure with other numbers.</summary>
    private protected abstract CorrelationStructure Mapped(Func<double, double> map);

    /// <summary>Any two rows of a cluster correlate alike.</summary>
    public static CorrelationStructure Exchangeable(double correlation) => new ExchangeableStructure(correlation);

    /// <summary>ρ to the power of the distance of the rows' periods: within a period too, where the distance is that of the rows.</summary>
    /// <param name="correlation">ρ of neighbours.</param>
    public static CorrelationStructure Autoregressive(double correlation) => new AutoregressiveStructure(correlation);

    /// <summary>One correlation within a period of a cluster and another between periods.</summary>
    public static CorrelationStructure Nested(double within, double between) => new NestedStructure(within, between);

    /// <summary>Every pair has its own.</summary>
    /// <param name="correlations">Of rows (2, 1), (3, 1), (3, 2), (4, 1) …: as many as the pairs of a cluster.</param>
    public static CorrelationStructure Unstructured(params double[] correlations) => new UnstructuredStructure(correlations);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class ExchangeableStructure(double common) : CorrelationStructure("exchangeable", common)
    {
        private readonly double correlation = common;

        internal override bool IsExchangeable => true;

        public override double Between(int first, int second, int firstPeriod, int secondPeriod) => correlation;

        public override string? SizeProblem(int size) => correlation * (size - 1) > -1
            ? null
            : FormattableString.Invariant(
                $"No {size} outcomes have the correlation {correlation:R} with each other: it has to exceed {-1.0 / (size - 1):0.####}.");

        private protected override CorrelationStructure Mapped(Func<double, double> map) => Exchangeable(map(correlation));
    }

    private sealed class AutoregressiveStructure(double neighbours) : CorrelationStructure("ar1", neighbours)
    {
        private readonly double correlation = neighbours;

        public override double Between(int first, int second, int firstPeriod, int secondPeriod) =>
            Math.Pow(correlation, Math.Abs(firstPeriod == secondPeriod ? first - second : firstPeriod - secondPeriod));

        private protected override CorrelationStructure Mapped(Func<double, double> map) => Autoregressive(map(correlation));
    }

    private sealed class NestedStructure(double inPeriods, double betweenPeriods)
        : CorrelationStructure("nested", inPeriods, betweenPeriods)
    {
        private readonly double within = inPeriods;
        private readonly double between = betweenPeriods;

        public override double Between(int first, int second, int firstPeriod, int secondPeriod) =>
            firstPeriod == secondPeriod ? within : between;

        private protected override CorrelationStructure Mapped(Func<double, double> map) => Nested(map(within), map(between));
    }

    private sealed class UnstructuredStructure(double[] pairs) : CorrelationStructure("unstructured", pairs)
    {
        private readonly double[] correlations = [.. pairs];

        public override double Between(int first, int second, int firstPeriod, int secondPeriod)
        {
            var (low, high) = (Math.Min(first, second), Math.Max(first, second));
            return correlations[(high * (high - 1) / 2) + low];
        }

        public override string? SizeProblem(int size) => size * (size - 1) / 2 == correlations.Length
            ? null
            : FormattableString.Invariant(
                $"Clusters of {size} rows have {size * (size - 1) / 2} correlations; unstructured has {correlations.Length}.");

        private protected override CorrelationStructure Mapped(Func<double, double> map) => Unstructured([.. correlations.Select(map)]);
    }
}
