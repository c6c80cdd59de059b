namespace MarginalConditional.Cli.Options;

/// <summary>A kind of picture that a command can draw.</summary>
/// <param name="Word">How <c>--plot</c> names it: <c>forest</c>.</param>
/// <param name="What">What it shows, for the help.</param>
internal sealed record PictureKind(string Word, string What);
