package rules

// allChecks are the checks that can show a gap at a line.
var allChecks = []*Check{
	checkImageOnly, checkCloudScript,
	checkLocalState, checkUnlockedState, checkCommittedState, checkMovingModule, checkUnboundedProvider, checkUnboundedTerraform, checkNoLockFile,
	checkMovingImage, checkMovingBase, checkMovingChart, checkMovingDependency,
	checkPlainSecret, checkConsoleSetting,
	checkIgnoredTests, checkIgnoredLint, checkIdleGate, checkNoTests, checkMissingScript, checkByHand, checkUnapplied, checkManualDeployment, checkUntestedDeployment,
	checkDeadLink, checkDeadAnchor, checkDeadPath, checkDeadCommand, checkStale, checkThinReadme, checkEmptyDocument,
	checkAskSomebody, checkNoGuide, checkTypedSequence,
	checkNoTestTask, checkRivalVendors, checkDeadPipeline, checkRivalManagers,
	checkOneAuthor, checkNarrowOwners, checkUnreadOwners, checkGhostOwner,
	checkTicketForInfrastructure, checkMovingShared, checkHandCopy,
	checkSoftScan, checkIdlePolicy, checkDeadEntry, checkHealingOff,
}
