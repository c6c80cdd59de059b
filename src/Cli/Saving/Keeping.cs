using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Help;
using MarginalConditional.Cli.Output;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Saving;

/// <summary>Where a fit is to be kept, and which one it repeats.</summary>
/// <param name="Path">The file to be written; null for none.</param>
/// <param name="Command">The command.</param>
/// <param name="Arguments">The words that make the fit again.</param>
/// <param name="DataHash">SHA-256 of the data.</param>
/// <param name="JoinedHash">SHA-256 of the file that is joined to them; null without one.</param>
/// <param name="Repeated">The kept fit that this one repeats; null for a new one.</param>
internal sealed record Keeping(
    string? Path, string Command, IReadOnlyList<string> Arguments, string DataHash, string? JoinedHash, SavedFile? Repeated)
{
    /// <summary>Estimates that differ by more than this part of their size are others.</summary>
    private const double Agreement = 1e-6;

    /// <summary>
    /// The estimates that tell whether a repetition is the same, of results whose JSON has no coefficients of one fit. Default: none.
    /// </summary>
    public IReadOnlyList<(string Term, double Estimate)> Estimates { get; init; } = [];

    /// <summary>Writes the fit's JSON, if it is to be kept.</summary>
    /// <param name="json">Makes the JSON object, with the members that this adds.</param>
    public void Write(Func<Action<JsonResult>, string> json) => AtomicFile.WriteIfAsked(Path, () => json(Members));

    /// <summary>What to beware of in a repeated result that has <see cref="Estimates"/>.</summary>
    public IEnumerable<string> Warnings() => Warnings(
        [.. Estimates.Select(row => Coefficient.NotEstimable(row.Term) with { Estimate = row.Estimate, StandardError = 0 })]);

    /// <summary>What to beware of in a repeated fit.</summary>
    public IEnumerable<string> Warnings(IReadOnlyList<Coefficient> coefficients)
    {
        if (Repeated is not { } kept)
        {
            yield break;
        }

        var moved = coefficients.Where(row => double.IsFinite(row.Estimate)
            && !(kept.Coefficients.TryGetValue(row.Term, out var known)
                && Math.Abs(known - row.Estimate) <= Agreement * Math.Max(Math.Abs(known), row.StandardError)));
        if (moved.FirstOrDefault() is { } one)
        {
            yield return $"The estimates are not those that were kept in {kept.Path} by version {kept.Version}: {one.Term} differs.";
        }
    }

    private void Members(JsonResult json) => json.Object("saved", () =>
    {
        json.Text("version", VersionAction.Version);
        json.Text("command", Command);
        json.Texts("arguments", Arguments);
        json.Text("sha256", DataHash);
        if (JoinedHash is not null)
        {
            json.Text("joinedSha256", JoinedHash);
        }

        if (Estimates.Count > 0)
        {
            json.Objects("coefficients", Estimates, row =>
            {
                json.Text("term", row.Term);
                json.Number("estimate", double.IsFinite(row.Estimate) ? row.Estimate : null);
            });
        }
    });
}
