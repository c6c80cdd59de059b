namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>compare</c>.</summary>
internal sealed class CompareWriter : FitWriter
{
    /// <inheritdoc/>
    public override string Command => "compare";

    /// <inheritdoc/>
    protected override int RandomParts => 10;

    /// <inheritdoc/>
    protected override bool NeedsTreatment => true;

    /// <inheritdoc/>
    protected override void AddOptions(CommandLine line, Draws draws)
    {
        MarginalOptions.Add(line, draws, MarginalOptions.Correlation(draws));
        line.Choice(1, "--treatment", line.Careful ? Covariates(line.Words[2]) : ["x", "g", "t"]);
        line.Nodes();
        line.Choice(6, "--se", "model", "morel", "mancl-derouen", "jackknife");
        line.Choice(line.Careful ? 200 : 20, "--df", "auto", "normal", "k-p", "between-within", "satterthwaite");
        line.Choice(line.Careful ? 60 : 12, "--at", "x=1", "t=NaN", "g=b", "nope=1");
        line.Sometimes(line.Careful ? 60 : 12, "--random-covariates");
        line.Sometimes(6, "--no-checks");
        line.Choice(line.Careful && !line.Has("binomial") ? 120 : 12, "--event-is", "benefit", "harm");
        line.Choice(line.Careful ? 100 : 20, "--unit", "child/children", "/", "\u001b[31m");
        line.Choice(line.Careful ? 20 : 60, "--dial", "dropout", "size", "law");
        line.Sometimes(12, "--estimand");
    }

    /// <summary>The covariates that a formula has as they are.</summary>
    private static string[] Covariates(string formula)
    {
        var words = formula.Split('+', '*', ' ', '~', ';');
        string[] found = [.. ((string[])["x", "g", "t"]).Where(name => words.Contains(name, StringComparer.Ordinal))];
        return found is [] ? ["x"] : found;
    }
}
