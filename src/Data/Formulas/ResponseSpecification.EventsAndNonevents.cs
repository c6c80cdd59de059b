namespace MarginalConditional.Data.Formulas;

public abstract partial class ResponseSpecification
{
    /// <summary>Events and nonevents: <c>cbind(events, nonevents)</c>.</summary>
    public sealed class EventsAndNonevents(Expression events, Expression nonevents) : ResponseSpecification($"cbind({events}, {nonevents})")
    {
        /// <summary>The number of events.</summary>
        public Expression Events { get; } = events;

        /// <summary>The number of nonevents.</summary>
        public Expression Nonevents { get; } = nonevents;

        /// <inheritdoc/>
        public override IReadOnlyList<string> Variables => [.. Events.Variables.Union(Nonevents.Variables, StringComparer.Ordinal)];
    }
}
