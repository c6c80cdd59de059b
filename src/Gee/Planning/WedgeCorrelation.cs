namespace MarginalConditional.Gee.Planning;

/// <summary>How outcomes of a cluster are correlated over the periods of a trial. A closed choice.</summary>
/// <remarks>Li, Turner and Preisser (2018); Kasza and others (2019); proportional decay in cohorts: Li (2020).</remarks>
public abstract class WedgeCorrelation
{
    private WedgeCorrelation(string description) => Description = description;

    /// <summary>What it is, in words.</summary>
    public string Description { get; }

    /// <summary>One correlation within a period, another between periods; in a cohort a third one of the same person.</summary>
    /// <remarks>Equal correlations are the model of Hussey and Hughes (2007).</remarks>
    /// <param name="within">α₀, of two people in one period, in [0, 1).</param>
    /// <param name="between">α₁, of two people in two periods, in [0, α₀].</param>
    /// <param name="person">α₂, of one person in two periods, at least α₁ and below 1; null where periods have different people.</param>
    public static WedgeCorrelation Nested(double within, double between, double? person = null) =>
        new NestedCorrelation(within, between, person);

    /// <summary>A correlation that decays by the same factor from each period to the next.</summary>
    /// <param name="within">α₀, of two people in one period, in [0, 1).</param>
    /// <param name="factor">r, in (0, 1]: people r periods apart have α₀rᵈ.</param>
    /// <param name="isCohort">Whether periods have the same people, whose outcomes have the correlation rᵈ (proportional decay).</param>
    public static WedgeCorrelation Decaying(double within, double factor, bool isCohort = false) =>
        new DecayingCorrelation(within, factor, isCohort);

    /// <summary>The covariance of the means of two periods of a cluster, in units of an outcome's variance.</summary>
    /// <param name="lag">The number of periods between them, 0 for a mean's own variance.</param>
    /// <param name="size">The number of people a period, 1 or more.</param>
    internal abstract double OfMeans(int lag, double size);

    private static void Require(bool condition, string requirement)
    {
        if (!condition)
        {
            throw new ArgumentException(requirement, nameof(condition));
        }
    }

    private sealed class NestedCorrelation : WedgeCorrelation
    {
        private readonly double within;
        private readonly double between;
        private readonly double? person;

        public NestedCorrelation(double within, double between, double? person)
            : base(FormattableString.Invariant($"correlation {within:G4} within periods, {between:G4} between them")
                + (person is { } own ? FormattableString.Invariant($", {own:G4} of a person's outcomes") : string.Empty))
        {
            Require(within is >= 0 and < 1, FormattableString.Invariant($"The correlation within periods is {within}; it lies in [0, 1)."));
            Require(
                between >= 0 && between <= within,
                FormattableString.Invariant($"The correlation between periods is {between}; it lies between 0 and that within, {within}."));
            Require(
                person is not { } own2 || (own2 >= between && own2 < 1),
                FormattableString.Invariant($"The correlation of a person's outcomes is {person}; it lies between that of others in two ")
                    + FormattableString.Invariant($"periods, {between}, and 1."));
            (this.within, this.between, this.person) = (within, between, person);
        }

        internal override double OfMeans(int lag, double size) => lag == 0
            ? (1 + ((size - 1) * within)) / size
            : person is { } own ? (own + ((size - 1) * between)) / size : between;
    }

    private sealed class DecayingCorrelation : WedgeCorrelation
    {
        private readonly double within;
        private readonly double factor;
        private readonly bool isCohort;

        public DecayingCorrelation(double within, double factor, bool isCohort)
            : base(FormattableString.Invariant($"correlation {within:G4} within periods, {factor:G4} times that from period to period")
                + (isCohort ? ", of the same people" : string.Empty))
        {
            Require(within is >= 0 and < 1, FormattableString.Invariant($"The correlation within periods is {within}; it lies in [0, 1)."));
            Require(factor is > 0 and <= 1, FormattableString.Invariant($"The factor of decay is {factor}; it lies in (0, 1]."));
            Require(!isCohort || factor < 1, "In a cohort the factor of decay has to be below 1: it correlates a person's outcomes.");
            (this.within, this.factor, this.isCohort) = (within, factor, isCohort);
        }

        internal override double OfMeans(int lag, double size)
        {
            var own = (1 + ((size - 1) * within)) / size;
            return lag == 0 ? own : Math.Pow(factor, lag) * (isCohort ? own : within);
        }
    }
}
